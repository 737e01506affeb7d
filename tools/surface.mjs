/**
 * How much the packages export: names (values and types) of each root and of the subpaths, as their exports.snapshot.json lists them, now
 * or at an earlier commit; and which names are imported by no other package, tool or page.
 *
 * Usage: npm run surface [-- --at COMMIT | --unused]
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ readonly values: readonly string[], readonly types: readonly string[] }} Names */
/** @typedef {{ readonly folder: string, readonly entries: readonly (readonly [subpath: string, names: Names])[] }} PackageSurface */

const root = resolve(import.meta.dirname, "..");

/**
 * @param {string | null} commit null for the files as they are
 * @returns {readonly PackageSurface[]}
 */
export function readSurfaces(commit) {
  return readdirSync(join(root, "packages")).map((folder) => {
    const path = `packages/${folder}/exports.snapshot.json`;
    const text = commit === null ? readFileSync(join(root, path), "utf8") : git("show", `${commit}:${path}`);
    return { folder, entries: Object.entries(JSON.parse(text)) };
  });
}

/** @param {readonly PackageSurface[]} surfaces */
export function rootNames(surfaces) {
  return sum(surfaces.map((surface) => namesAt(surface, (subpath) => subpath === ".")));
}

/**
 * Exported names that no file outside their package imports: neither other packages nor tools nor the code in Markdown pages, which may be
 * the package's own.
 *
 * @param {readonly PackageSurface[]} surfaces
 * @returns {readonly string[]} such as `@caviar-hpo/core/text show`
 */
export function unusedNames(surfaces) {
  const used = new Set(sourceFiles().flatMap((file) => importsFrom(file, readFileSync(join(root, file), "utf8"))));
  return surfaces.flatMap(({ folder, entries }) =>
    entries.flatMap(([subpath, { values, types }]) =>
      [...values, ...types].map((name) => `@caviar-hpo/${folder}${subpath.slice(1)} ${name}`).filter((name) => !used.has(name)),
    ),
  );
}

/**
 * @param {string} file
 * @param {string} text
 */
function importsFrom(file, text) {
  const own = /^packages\/([^/]+)\/.*\.(?:ts|mjs)$/.exec(file)?.[1];
  const imports = text.matchAll(/\b(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s*["']@caviar-hpo\/([\w-]+)((?:\/[\w-]+)*)["']/g);
  return [...imports].flatMap(([, list, folder, subpath]) =>
    folder === own
      ? []
      : String(list)
          .split(",")
          .map((item) =>
            item
              .trim()
              .replace(/^type\s+/, "")
              .replace(/\s+as\s.*$/, ""),
          )
          .map((name) => `@caviar-hpo/${folder}${subpath} ${name}`),
  );
}

function sourceFiles() {
  return git("ls-files", "*.ts", "*.mjs", "*.md").trim().split("\n");
}

/** @param {readonly string[]} args */
function git(...args) {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1e8 });
}

/**
 * @param {PackageSurface} surface
 * @param {(subpath: string) => boolean} counts
 */
function namesAt({ entries }, counts) {
  return sum(entries.filter(([subpath]) => counts(subpath)).map(([, { values, types }]) => values.length + types.length));
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf("--at");
  const surfaces = readSurfaces(at < 0 ? null : String(process.argv[at + 1]));
  if (process.argv.includes("--unused")) console.log(unusedNames(surfaces).join("\n"));
  else {
    console.log("package      root  subpaths");
    for (const surface of surfaces) {
      const [inRoot, below] = [namesAt(surface, (subpath) => subpath === "."), namesAt(surface, (subpath) => subpath !== ".")];
      console.log(`${surface.folder.padEnd(11)} ${String(inRoot).padStart(5)} ${String(below).padStart(9)}`);
    }
    console.log(`all roots: ${rootNames(surfaces)} names`);
  }
}
