/**
 * Who may depend on whom: the direction of dependencies (as told in CONTRIBUTING.md), the meaning of the tags, and what
 * is pinned. `manifestFaults` judges what packages declare, `importFaults` what their files really import.
 *
 * Tags: `pure` runs on any JavaScript engine, unchanged; `node` needs Node; `dev` is for working on Caviar and is never published.
 */
import type { Member } from "./workspace.ts";

/** What a package may depend on directly; what those depend on comes with them. */
const direction: Readonly<Record<string, readonly string[]>> = {
  numerics: [],
  core: ["numerics"],
  samplers: ["core"],
  hyperband: ["core"],
  testbed: ["core"],
  objectives: ["core"],
  bayesopt: ["samplers"],
  tune: ["samplers", "hyperband", "bayesopt"],
  report: ["core"],
  runtime: ["core", "tune"],
  bench: ["tune", "objectives", "testbed", "report", "runtime"],
  cli: ["bench", "report", "runtime"],
};

const mayUse: Readonly<Record<string, readonly string[]>> = { pure: ["pure"], node: ["pure", "node"], dev: ["pure", "node", "dev"] };

/** Third-party packages with pure sources, small, each for what it is good at. */
const thirdPartyOfPure = ["seedrandom", "ml-matrix", "simple-statistics"];

const installScripts = ["preinstall", "install", "postinstall", "prepare"];

export function manifestFaults(members: readonly Member[]): readonly string[] {
  return members.flatMap((member) => [
    ...tagFaults(member),
    ...dependencyFaults(member, members),
    ...referenceFaults(member),
    ...installScripts
      .filter((script) => script in member.scripts)
      .map((script) => `${member.name}: the script ${script} would run on a user's machine`),
  ]);
}

function tagFaults(member: Member): readonly string[] {
  const [tag] = member.tags;
  return member.tags.length === 1 && tag !== undefined && tag in mayUse
    ? []
    : [`${member.name}: expected exactly one tag of ${Object.keys(mayUse).join(", ")}, got ${JSON.stringify(member.tags)}`];
}

function dependencyFaults(member: Member, members: readonly Member[]): readonly string[] {
  if (!(member.name in direction)) return [`${member.name}: not in the table of directions (tools/boundaries.ts)`];
  const allowed = reachable(member.name);
  const isPure = member.tags.includes("pure");
  return Object.entries(member.dependencies).flatMap(([dependency, version]) => {
    const faults: string[] = [];
    if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`${member.name}: ${dependency} is not pinned exactly but ${version}`);
    if (!dependency.startsWith("@caviar-hpo/")) {
      if (isPure && !thirdPartyOfPure.includes(dependency)) faults.push(`${member.name}: a pure package may not depend on ${dependency}`);
      return faults;
    }
    const target = members.find((other) => other.packageName === dependency);
    if (target === undefined) return [...faults, `${member.name}: there is no package ${dependency}`];
    if (!allowed.has(target.name))
      faults.push(`${member.name}: may not depend on ${target.name} (it may on ${[...allowed].join(", ") || "nothing"})`);
    if (version !== target.version) faults.push(`${member.name}: wants ${dependency} ${version}, the workspace has ${target.version}`);
    const usable = mayUse[member.tags[0] ?? ""] ?? [];
    if (!target.tags.every((tag) => usable.includes(tag))) {
      faults.push(`${member.name}: is ${member.tags.join()} and may not depend on ${target.name}, which is ${target.tags.join()}`);
    }
    return faults;
  });
}

/** Everything along the arrows of the table. */
function reachable(name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const next of direction[from] ?? []) {
      found.add(next);
      visit(next);
    }
  };
  visit(name);
  return found;
}

/** TypeScript builds along project references: they must say the same as the manifest. */
function referenceFaults(member: Member): readonly string[] {
  const declared = Object.keys(member.dependencies).filter((name) => name.startsWith("@caviar-hpo/"));
  const wanted = declared.map((name) => name.replace("@caviar-hpo/", ""));
  return [
    ...wanted
      .filter((name) => !member.references.includes(name))
      .map((name) => `${member.name}: tsconfig.json does not reference ../${name}`),
    ...member.references
      .filter((name) => !wanted.includes(name))
      .map((name) => `${member.name}: references ../${name} without depending on it`),
  ];
}

/** What a test may import beyond what its package declares. */
const testTools = ["vitest", "fast-check", "@fast-check/vitest", "playwright"];

/** `path` is from the package's folder: `src/space/codec.ts`. */
export function importFaults(member: Member, path: string, text: string): readonly string[] {
  const isTest = /\.(?:test|bench)\.ts$/.test(path);
  const forTests = isTest || path.includes("/testing/");
  const declared = Object.keys({ ...member.dependencies, ...member.peerDependencies });
  const peers = declarationsOf(text).filter((specifier) => packageOf(specifier) in member.peerDependencies);
  const firm = forTests
    ? []
    : peers.map((peer) => `${member.directory}/${path}: ${peer} may be missing; import it where it is needed, by import()`);
  const faults = importsOf(text).flatMap((specifier) => {
    const at = `${member.directory}/${path}: `;
    if (specifier.startsWith(".")) {
      const depth = specifier.split("/").filter((part) => part === "..").length;
      return depth < path.split("/").length ? [] : [`${at}${specifier} leaves the package; import @caviar-hpo packages by name`];
    }
    if (specifier.startsWith("node:")) {
      return member.tags.includes("pure") && !isTest ? [`${at}a pure package may not import ${specifier}`] : [];
    }
    if (specifier === "@caviar-hpo/core/testing" && !forTests) return [`${at}${specifier} is for tests`];
    const name = packageOf(specifier);
    if (declared.includes(name) || (isTest && (testTools.includes(name) || name === member.packageName))) return [];
    return [`${at}${name} is not among the dependencies of the package`];
  });
  return [...firm, ...faults];
}

/** `@caviar-hpo/core` of `@caviar-hpo/core/testing`. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The module names of all import and export declarations and of literal import() calls. */
export function importsOf(text: string): readonly string[] {
  const calls = /\bimport\(\s*["']([^"'\n]+)["']/g;
  return [...declarationsOf(text), ...[...withoutComments(text).matchAll(calls)].map((match) => match[1]!)];
}

function declarationsOf(text: string): readonly string[] {
  const declarations = /^[ \t]*(?:import|export)\b(?:[\w$*\s{},]*?\bfrom\b)?\s*["']([^"'\n]+)["']/gm;
  return [...withoutComments(text).matchAll(declarations)].map((match) => match[1]!);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
