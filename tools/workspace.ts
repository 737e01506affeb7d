/** The workspace as data: every package's manifest and references, read from disk once. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export type Member = {
  /** The name of the folder: `core`. */
  readonly name: string;
  /** The name on the registry: `@caviar-hpo/core`. */
  readonly packageName: string;
  /** From the workspace root: `packages/core`. */
  readonly directory: string;
  readonly version: string;
  readonly tags: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  /** With the optional ones, whose installation may fail. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  /** Entry points: `.` or `./testing`, and the source file of each, from the workspace root. */
  readonly entries: readonly (readonly [subpath: string, source: string])[];
  /** Project references of tsconfig.json, by the folder's name. */
  readonly references: readonly string[];
};

export const workspaceRoot: string = resolve(import.meta.dirname, "..");

export function readWorkspace(): readonly Member[] {
  return readdirSync(join(workspaceRoot, "packages")).sort().map(readMember);
}

/** The command is installed by itself, so its package has a name without the scope. */
export function packageNameOf(folder: string): string {
  return folder === "cli" ? "caviar-hpo" : `@caviar-hpo/${folder}`;
}

function readMember(name: string): Member {
  const directory = `packages/${name}`;
  const manifest = readJson(`${directory}/package.json`);
  const references = readJson(`${directory}/tsconfig.json`).references ?? [];
  const packageName = packageNameOf(name);
  if (manifest.name !== packageName) throw new Error(`${directory}/package.json: expected the name ${packageName}, got ${manifest.name}`);
  return {
    name,
    packageName,
    directory,
    version: manifest.version,
    tags: manifest.nx?.tags ?? [],
    scripts: manifest.scripts ?? {},
    dependencies: { ...manifest.dependencies, ...manifest.optionalDependencies },
    peerDependencies: manifest.peerDependencies ?? {},
    entries: Object.entries<Record<string, string>>(manifest.exports ?? {})
      .filter(([, target]) => typeof target === "object")
      .map(([subpath, target]) => [subpath, join(directory, target["@caviar-hpo/source"] ?? "")]),
    references: references.map((reference: { readonly path: string }) => reference.path.replace(/^\.\.\//, "")),
  };
}

function readJson(path: string) {
  return JSON.parse(readFileSync(join(workspaceRoot, path), "utf8"));
}
