/**
 * The packages as their users get them: packed, and installed by npm from the tarballs into an empty folder outside of the workspace. Needs
 * no network: third-party packages come from this workspace's `node_modules`. The packages must be built.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * `app` is the folder that has the packages in its `node_modules`; `remove` deletes it.
 *
 * @typedef {{ readonly app: string, remove(): void }} Installation
 */

/**
 * `extra` are third-party packages that the user installs too, for instance optional peers.
 *
 * @param {{ readonly extra: readonly string[] }} options
 * @returns {Installation}
 */
export function installPackages({ extra }) {
  // Outside of the workspace, because Node would find a dependency that a manifest forgets in the workspace's node_modules.
  const folder = mkdtempSync(join(tmpdir(), "caviar-installed-"));
  const tarballs = join(folder, "tarballs");
  const app = join(folder, "app");
  for (const path of [tarballs, app]) mkdirSync(path);
  npm(root, ["pack", "--workspaces", "--ignore-scripts", "--pack-destination", tarballs]);
  for (const path of thirdParty(extra)) archive(path, tarballs);
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", private: true }));
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));
  const quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"];
  npm(app, ["install", "--offline", "--cache", join(folder, "cache"), ...quiet, ...files]);
  return { app, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** @param {string} cwd @param {readonly string[]} args */
function npm(cwd, args) {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm ${args[0]}: expected exit code 0, got ${status}. ${stdout}${stderr}`);
}

/**
 * The folders of all third-party packages that ours and `extra` need, directly or not.
 *
 * @param {readonly string[]} extra
 */
function thirdParty(extra) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {string} name @param {string} from */
  const visit = (name, from) => {
    const folder = folderOf(name, from);
    if (found.has(folder)) return;
    found.add(folder);
    for (const dependency of dependenciesOf(folder)) visit(dependency, folder);
  };
  const packages = join(root, "packages");
  for (const member of readdirSync(packages))
    for (const name of dependenciesOf(join(packages, member))) if (!name.startsWith("@caviar-hpo/")) visit(name, join(packages, member));
  for (const name of extra) visit(name, root);
  return found;
}

/** @param {string} folder */
function dependenciesOf(folder) {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.keys({ ...dependencies, ...optionalDependencies });
}

/** @param {string} name @param {string} from @returns {string} */
function folderOf(name, from) {
  const folder = join(from, "node_modules", name);
  if (existsSync(join(folder, "package.json"))) return folder;
  if (dirname(from) === from) throw new Error(`${name}: expected it in node_modules. Run npm ci.`);
  return folderOf(name, dirname(from));
}

/**
 * An archive as npm reads it: its files are in a folder `package`. It is not compressed, because that would take longer than all else.
 *
 * @param {string} folder
 * @param {string} to
 */
function archive(folder, to) {
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const flat = name.replaceAll("/", "-");
  const staging = mkdtempSync(join(dirname(to), "staging-"));
  cpSync(folder, join(staging, "package"), { recursive: true, dereference: true });
  const { status, stderr } = spawnSync("tar", ["-cf", join(to, `${flat}.tar`), "-C", staging, "package"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`tar of ${name}: expected exit code 0, got ${status}. ${stderr}`);
  rmSync(staging, { recursive: true, force: true });
}
