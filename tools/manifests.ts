/**
 * What a package says about itself on the registry: where its code is, who may use it, what is in its tarball, and which of its modules do
 * something when they are loaded. `publishFaults` derives all of it from the repository and compares.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { workspaceRoot } from "./workspace.ts";

export type Manifest = { readonly [key: string]: unknown };

/** What holds for all packages. */
export type Project = {
  /** The address of the repository, from CITATION.cff. */
  readonly repository: string;
  readonly version: string;
  readonly license: string;
  readonly engines: unknown;
  /** The text of LICENSE. */
  readonly licenseText: string;
};

export type Published = {
  readonly manifest: Manifest;
  /** From the workspace root: `packages/core`. */
  readonly directory: string;
  /** The text of the LICENSE in the package's folder; null where there is none. */
  readonly licenseText: string | null;
  /** The modules that do something when they are loaded, from the package's folder: `src/main.ts`. */
  readonly effects: readonly string[];
};

/** Files of `src` that are for work on the package only: tests, measurements, slow twins, fixtures, golden data. */
const unpublished = ["test.ts", "bench.ts", "twin.ts", "fixture.ts", "golden.json"];

export function readProject(): Project {
  const manifest = JSON.parse(read("package.json")) as { readonly version: string; readonly license: string; readonly engines: unknown };
  const repository = /^repository-code: "([^"]+)"$/m.exec(read("CITATION.cff"))?.[1];
  if (repository === undefined) throw new Error("CITATION.cff: expected a line repository-code with the address of the repository");
  const { version, license, engines } = manifest;
  return { repository, version, license, engines, licenseText: read("LICENSE") };
}

export function readPublished(directory: string): Published {
  const licence = `${directory}/LICENSE`;
  return {
    manifest: JSON.parse(read(`${directory}/package.json`)),
    directory,
    licenseText: existsSync(join(workspaceRoot, licence)) ? read(licence) : null,
    effects: modulesOf(directory).filter((path) => path.startsWith("bin/") || hasEffects(path, read(`${directory}/${path}`))),
  };
}

/** One line per field that is not as it should be. */
export function publishFaults({ repository, license, licenseText, version, engines }: Project, published: Published): readonly string[] {
  const { manifest, directory, effects } = published;
  const derived: Manifest = {
    version,
    license,
    engines,
    homepage: `${repository}/tree/main/${directory}#readme`,
    bugs: { url: `${repository}/issues` },
    repository: { type: "git", url: `git+${repository}.git`, directory },
    type: "module",
    sideEffects: effects.length === 0 ? false : effects.flatMap(withCompiled),
    files: [
      ...(manifest.bin === undefined ? [] : ["bin"]),
      ...["dist", "src", "!dist/.tsbuildinfo"],
      ...unpublished.map((ending) => `!src/**/*.${ending}`),
      "!src/tsconfig.json",
    ],
    // npm runs it before it publishes, and stops where it fails. It builds the package first.
    scripts: { prepublishOnly: "nx pack-check" },
    publishConfig: { access: "public" },
    private: undefined,
  };
  const at = `${directory}/package.json: `;
  const faults = Object.entries(derived)
    .filter(([field, expected]) => JSON.stringify(manifest[field]) !== JSON.stringify(expected))
    .map(([field, expected]) => `${at}${field}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(manifest[field])}`);
  if (published.licenseText !== licenseText) faults.push(`${directory}/LICENSE: expected a copy of LICENSE`);
  if (!isSentence(manifest.description)) faults.push(`${at}description: expected a sentence`);
  if (!areKeywords(manifest.keywords)) faults.push(`${at}keywords: expected 3 or more, each once, in lower case with hyphens`);
  return faults;
}

/** Statements at the top level do something when the module is loaded. A declaration that is never used can be left out of a bundle. */
export function hasEffects(path: string, text: string): boolean {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  return program.body.some((statement) =>
    statement.type === "ImportDeclaration"
      ? statement.specifiers.length === 0 && !isOurs(statement.source.value)
      : !statement.type.endsWith("Declaration"),
  );
}

/** Modules of ours that are imported only for their place in a bundle are judged by themselves. */
function isOurs(specifier: string): boolean {
  return specifier.startsWith(".") || specifier.startsWith("@caviar-hpo/");
}

function read(path: string): string {
  return readFileSync(join(workspaceRoot, path), "utf8");
}

/** The modules that a package publishes as sources: those of `src`, and its commands. */
function modulesOf(directory: string): readonly string[] {
  const under = (folder: string): readonly string[] =>
    existsSync(join(workspaceRoot, directory, folder))
      ? readdirSync(join(workspaceRoot, directory, folder), { recursive: true, encoding: "utf8" })
          .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
          .sort()
      : [];
  const sources = under("src").filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"));
  return [...sources.filter((path) => !unpublished.some((ending) => path.endsWith(`.${ending}`))), ...under("bin")];
}

/** A source and what it is compiled to. */
function withCompiled(path: string): readonly string[] {
  return path.startsWith("src/") ? [`./${path}`, `./${path.replace(/^src/, "dist").replace(/\.ts$/, ".js")}`] : [`./${path}`];
}

function isSentence(text: unknown): boolean {
  return typeof text === "string" && /^[A-Z].{20,200}\.$/.test(text);
}

function areKeywords(words: unknown): boolean {
  return (
    Array.isArray(words) &&
    words.length >= 3 &&
    new Set(words).size === words.length &&
    words.every((word) => typeof word === "string" && /^[a-z][a-z0-9-]*$/.test(word))
  );
}
