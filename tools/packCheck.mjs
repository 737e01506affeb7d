/**
 * Packs one package as it would be published and checks the tarball: its files (`tarball.mjs`), publint (files, exports, metadata) and
 * @arethetypeswrong/cli (every entry point resolves to types that fit its module kind; ES modules only). Needs no network.
 *
 * Usage: node tools/packCheck.mjs packages/core
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix, resolve } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { contentFaults } from "./tarball.mjs";

const root = resolve(import.meta.dirname, "..");
const directory = resolve(process.argv[2] ?? "");
const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
const out = join(root, ".cache", "packs", manifest.name.replaceAll("/", "-"));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const tarball = pack();
const listed = tar("-tzf")
  .split("\n")
  .filter((path) => path !== "");
tar("-xzf", "-C", out);
const contents = contentFaults(
  listed.map((path) => posix.relative("package", path)),
  (path) => readFileSync(join(out, "package", path), "utf8"),
);
const faults = [...contents, ...lintPackage(await lint(tarball)), ...missingFiles(), ...typeResolution(tarball)];
for (const fault of faults) console.error(fault);
console.log(`${manifest.name}: ${faults.length === 0 ? "packed; its files, publint and attw find no fault" : `${faults.length} faults`}`);
process.exitCode = faults.length === 0 ? 0 : 1;

function pack() {
  const text = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", out], {
    cwd: directory,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  });
  return join(out, JSON.parse(text)[0].filename);
}

/**
 * @param {string} verb
 * @param {readonly string[]} options
 */
function tar(verb, ...options) {
  return execFileSync("tar", [verb, tarball, ...options], { encoding: "utf8" });
}

/** @param {string} path */
async function lint(path) {
  const bytes = readFileSync(path);
  return publint({ strict: true, pack: { tarball: new Uint8Array(bytes).buffer } });
}

/** @param {import("publint").Result} result */
function lintPackage(result) {
  return result.messages.map((message) => `publint: ${formatMessage(message, manifest, { color: false })}`);
}

/** The commands of a package are no exports, so neither tool follows them: they, and what they import, must be in the tarball. */
function missingFiles() {
  const commands = Object.values(manifest.bin ?? {}).map((path) => posix.join("package", String(path)));
  const imported = commands
    .filter((path) => listed.includes(path))
    .flatMap((path) =>
      [...readFileSync(join(directory, path.replace(/^package/, "")), "utf8").matchAll(/\bimport\s*(?:[^"']*from\s*)?\(?"(\.[^"]+)"/g)].map(
        (match) => posix.join(posix.dirname(path), String(match[1])),
      ),
    );
  return [...commands, ...imported]
    .filter((path) => !listed.includes(path))
    .map((path) => `pack: the command needs ${path}, which is not in the tarball`);
}

/** @param {string} path */
function typeResolution(path) {
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve("@arethetypeswrong/cli/package.json")), "dist", "index.js");
  const run = spawnSync(process.execPath, [cli, path, "--profile", "esm-only", "--no-color", "--no-emoji"], { encoding: "utf8" });
  return run.status === 0 ? [] : [`attw: ${run.stdout}${run.stderr}`];
}
