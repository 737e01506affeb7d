/** The linters really refuse what the house rules refuse: each planted violation turns them red, and clean code passes. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWorkspace, workspaceRoot } from "./workspace.ts";

const pure = "packages/core/src";
const node = "packages/runtime/src";
const browser = "packages/tune/src/browser";

/** Each is one file; the second entry is a file's folder, the third its text, the fourth the rule that must refuse it. */
const planted: readonly (readonly [name: string, folder: string, text: string, rule: string])[] = [
  ["mathExp", pure, "export const x: number = Math.exp(1);", "Math"],
  ["mathRandom", pure, "export const x: number = Math.random();", "Math"],
  ["mathLooksAllowed", pure, "export const x: number = Math.sinh(1) + Math.floorish(1);", "Math"],
  ["mathNested", pure, "export const x: number = Math.floor(Math.log(2));", "Math"],
  ["mathAlias", pure, "const m = Math;\nexport const x: number = m.floor(1);", "Math"],
  ["mathDestructured", pure, "const { exp } = Math;\nexport const x: number = exp(1);", "Math"],
  ["mathComputed", pure, 'export const x: number = Math["exp"](1);', "Math"],
  ["mathPassedOn", pure, "export const x: readonly number[] = [1].map(Math.log);", "Math"],
  ["power", pure, "export const x = (a: number): number => a ** 2;", "operator **"],
  ["powerNested", pure, "export const x = (a: number): number => Math.sqrt(1 + 2 * a ** 2);", "operator **"],
  ["powerAssign", pure, "export function f(a: number): number {\n  let b = a;\n  b **= 2;\n  return b;\n}", "operator **="],
  ["powerAssignMember", pure, "export function f(a: Float64Array): void {\n  a[0]! **= 2;\n}", "operator **="],
  ["localeString", pure, "export const x = (a: number): string => a.toLocaleString();", "Locale"],
  ["localeUpper", pure, "export const x = (a: string): string => a.toLocaleUpperCase();", "Locale"],
  ["localeCompare", pure, "export const x = (a: string, b: string): number => a.localeCompare(b);", "Locale"],
  ["localeOptional", pure, "export const x = (a: string | undefined): number | undefined => a?.localeCompare(``);", "Locale"],
  ["localeComputed", pure, 'export const x = (a: string): number => a["localeCompare"]("b");', "Locale"],
  ["localeIntl", pure, 'export const x: string = new Intl.NumberFormat("en").format(1);', "noRestrictedGlobals"],
  ...[
    "process",
    "Date",
    "performance",
    "console",
    "setTimeout",
    "setInterval",
    "crypto",
    "TextEncoder",
    "Buffer",
    "require",
    "globalThis",
  ].map((name) => [`global_${name}`, pure, `export const x: unknown = ${name};`, "noRestrictedGlobals"] as const),
  ["browserDate", browser, "export const x: unknown = Date;", "noRestrictedGlobals"],
  ["browserOutside", "packages/tune/src", "export const x: unknown = navigator;", "noRestrictedGlobals"],
  ["browserMath", browser, "export const x: number = Math.random();", "Math"],
  ["consoleCall", node, 'console.log("x");\nexport {};', "noConsole"],
  ["nodeModule", pure, 'import { join } from "node:path";\nexport const x: string = join("a");', "noNodejsModules"],
  ["nodeModuleOldName", pure, 'import { join } from "path";\nexport const x: string = join("a");', "noNodejsModules"],
  ["undeclared", pure, 'import { x } from "lodash";\nexport const y: unknown = x;', "noUndeclaredDependencies"],
  ["undeclaredOurs", pure, 'import { x } from "@caviar-hpo/runtime";\nexport const y: unknown = x;', "noUndeclaredDependencies"],
  ["stepByOne", node, "export function f(a: Float64Array): void {\n  a[0]! += 1;\n}", "i++"],
  ["stepBack", pure, "export function f(n: number): number {\n  let i = n;\n  i -= 1;\n  return i;\n}", "i++"],
  ["longInfinity", pure, "export const x: number = -Number.POSITIVE_INFINITY;", "Write Infinity"],
  ["longNaN", node, "export const x: number = Number.NaN;", "Write Infinity"],
  ["upperCase", pure, "export const LARGEST_COUNT = 3;", "camelCase"],
  ["evalCall", node, 'export const x: unknown = eval("1");', "noGlobalEval"],
  ["functionCall", node, 'export const x: unknown = Function("return 1");', "noRestrictedGlobals"],
  ["functionNew", node, 'export const x: unknown = new Function("return 1");', "noRestrictedGlobals"],
  ["importVariable", node, "export const x = (name: string): Promise<unknown> => import(name);", "import()"],
  ["importTemplate", node, `export const x = (name: string): Promise<unknown> => import(${"`./$"}{name}.js${"`"});`, "import()"],
  ["importCommentedVariable", node, "export const x = (name: string): Promise<unknown> => import(/* why */ name);", "import()"],
  ["importSum", pure, 'export const x = (name: string): Promise<unknown> => import("./" + name);', "import()"],
  ["anyType", pure, "export const x: any = 1;", "noExplicitAny"],
  ["enumType", pure, "export enum X {\n  A,\n}", "noEnum"],
  ["defaultExport", pure, "export default 1;", "noDefaultExport"],
  ["float", pure, "async function f(): Promise<void> {}\nexport function g(): void {\n  f();\n}", "no-floating-promises"],
  ["floatFromFile", pure, 'import { later } from "./later.ts";\nexport function g(): void {\n  later();\n}', "no-floating-promises"],
  [
    "floatFromPackage",
    pure,
    'import { work } from "@caviar-hpo/numerics";\nexport function g(): void {\n  work();\n}',
    "no-floating-promises",
  ],
  [
    "floatMember",
    pure,
    'import { open } from "@caviar-hpo/numerics";\nexport function g(): void {\n  open().append("x");\n}',
    "no-floating-promises",
  ],
  ["floatInTest", pure, 'import { work } from "@caviar-hpo/numerics";\nexport function g(): void {\n  work();\n}', "no-floating-promises"],
  [
    "floatOfNode",
    node,
    'import { setTimeout } from "node:timers/promises";\nexport function g(): void {\n  setTimeout(1);\n}',
    "no-floating-promises",
  ],
  [
    "promiseAsCondition",
    pure,
    'import { later } from "./later.ts";\nexport const g = (): number => (later() ? 1 : 2);',
    "no-misused-promises",
  ],
  ["awaitOfNothing", node, "export const g = async (): Promise<number> => await 1;", "await-thenable"],
];

const clean: readonly (readonly [name: string, folder: string, text: string])[] = [
  [
    "mathAllowed",
    pure,
    ["abs", "floor", "ceil", "round", "trunc", "sign", "min", "max", "sqrt", "fround", "imul", "clz32"]
      .map((member) => `export const ${member}: unknown = Math.${member};`)
      .concat(
        ["PI", "E", "LN2", "LN10", "LOG2E", "LOG10E", "SQRT2", "SQRT1_2"].map(
          (member) => `export const ${member.toLowerCase()}: number = Math.${member};`,
        ),
      )
      .join("\n"),
  ],
  ["starsInText", pure, 'export const bold = (x: string): string => (x === "**" ? "**=" : `**`);'],
  ["ownProcess", pure, "export const x = (process: () => number): number => process();"],
  ["ownDate", pure, "export type Paper = { readonly Date: number };\nexport const x = (paper: Paper): number => paper.Date;"],
  ["declared", pure, 'import { work } from "@caviar-hpo/numerics";\nexport const x = async (): Promise<number> => 1 + (await work());'],
  ["importLiteral", pure, 'export const x = (): Promise<unknown> => import("./later.ts");'],
  ["importCommented", pure, 'export const x = (): Promise<unknown> => import(/* webpackIgnore: true */ /* @vite-ignore */ "./later.ts");'],
  ["importJson", node, 'export const x = (): Promise<unknown> => import("./data.json", { with: { type: "json" } });'],
  ["steps", pure, "export const f = (n: number): number => {\n  let i = n;\n  i++;\n  i += 1.5;\n  i -= 10;\n  return i;\n};"],
  ["matrix", pure, "export function f(n: number): Float64Array {\n  const P = new Float64Array(n);\n  return P;\n}"],
  ["coefficient", "packages/numerics/src", "export const LN2_HIGH = 0.6931471803691238;"],
  ["browserLocks", browser, "export const x: unknown = navigator;"],
  ["clock", node, "export const x = (): number => Date.now() + Math.exp(1) + 2 ** 3;"],
  ["pathOfNode", node, 'import { join } from "node:path";\nexport const x: string = join("a", process.cwd());'],
];

/** Outside of this workspace: the linters pass over what it ignores. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "caviar-lint-")));
const require = createRequire(import.meta.url);

type Finding = { readonly file: string; readonly text: string };
let findings: readonly Finding[] = [];

beforeAll(() => {
  layWorkspace();
  for (const [name, home, text] of [...planted, ...clean]) {
    writeFileSync(join(folder, home, `${name}${name.endsWith("InTest") ? ".test" : ""}.ts`), `${text}\n`);
  }
  findings = [...biomeFindings(), ...oxlintFindings()];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the linter refuses", () => {
  it.each(planted)("%s in %s", (name, home, _text, rule) => {
    const found = findings.filter(({ file }) => file.startsWith(`${home}/${name}.`)).map(({ text }) => text);
    expect(found).toContainEqual(expect.stringContaining(rule));
  });
});

describe("the linter passes", () => {
  it.each(clean)("%s in %s", (name, home) => {
    expect(findings.filter(({ file }) => file.startsWith(`${home}/${name}.`))).toEqual([]);
  });
});

it("the rules for pure packages cover every package that is tagged pure, and no other", () => {
  const { overrides } = JSON.parse(readFileSync(join(workspaceRoot, "biome.json"), "utf8"));
  const { includes } = overrides.find((override: { readonly plugins?: readonly string[] }) =>
    override.plugins?.some((path) => path.endsWith("math.grit")),
  );
  const excluded = includes.flatMap((pattern: string) => /^!packages\/(\w+)\/\*\*$/.exec(pattern)?.[1] ?? []);
  const impure = readWorkspace().filter((member) => !member.tags.includes("pure"));
  expect(excluded.sort()).toEqual(impure.map((member) => member.name).sort());
});

/** A small workspace under our own rules, with a pure package, a package of Node and a package they both use. */
function layWorkspace(): void {
  const write = (path: string, value: unknown): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof value === "string" ? value : JSON.stringify(value));
  };
  const configuration = JSON.parse(readFileSync(join(workspaceRoot, "biome.json"), "utf8"));
  write("biome.json", { ...configuration, vcs: { enabled: false }, formatter: { enabled: false }, assist: { enabled: false } });
  cpSync(join(workspaceRoot, "tools", "lint"), join(folder, "tools", "lint"), { recursive: true });
  for (const file of [".oxlintrc.json", "tsconfig.base.json", "tsconfig.check.json"]) cpSync(join(workspaceRoot, file), join(folder, file));
  mkdirSync(join(folder, "node_modules", "@caviar-hpo"), { recursive: true });
  symlinkSync(join(workspaceRoot, "node_modules", "@types"), join(folder, "node_modules", "@types"), "junction");
  for (const [name, dependencies] of Object.entries({
    numerics: {},
    core: { "@caviar-hpo/numerics": "0.1.0" },
    runtime: { "@caviar-hpo/core": "0.1.0" },
    tune: { "@caviar-hpo/core": "0.1.0" },
  })) {
    const source = { "@caviar-hpo/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" };
    write(`packages/${name}/package.json`, { name: `@caviar-hpo/${name}`, type: "module", exports: { ".": source }, dependencies });
    cpSync(join(workspaceRoot, "packages", name, "tsconfig.json"), join(folder, "packages", name, "tsconfig.json"));
    cpSync(join(workspaceRoot, "packages", name, "src", "tsconfig.json"), join(folder, "packages", name, "src", "tsconfig.json"));
    symlinkSync(join(folder, "packages", name), join(folder, "node_modules", "@caviar-hpo", name), "junction");
  }
  write(
    "packages/numerics/src/index.ts",
    "export async function work(): Promise<number> {\n  return 1;\n}\nexport type Log = { append(line: string): Promise<void> };\nexport const open = (): Log => ({ append: async () => {} });\n",
  );
  mkdirSync(join(folder, browser));
  write(`${pure}/later.ts`, "export async function later(): Promise<void> {}\n");
}

function biomeFindings(): readonly Finding[] {
  const biome = join(dirname(require.resolve("@biomejs/biome/package.json")), "bin", "biome");
  const run = spawnSync(
    process.execPath,
    [biome, "lint", "--reporter=github", "--max-diagnostics=none", "--error-on-warnings", "packages"],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  expect(run.status).toBe(1);
  return [...run.stdout.matchAll(/^::(?:error|warning|notice) title=([^,]*),file=([^,]*),[^\n]*?::(.*)$/gm)].map(
    ([, title, file, text]) => ({
      file: relative(folder, resolve(folder, file!)).replaceAll("\\", "/"),
      text: `${title} ${text}`,
    }),
  );
}

function oxlintFindings(): readonly Finding[] {
  const oxlint = join(dirname(require.resolve("oxlint/package.json")), "bin", "oxlint");
  const run = spawnSync(process.execPath, [oxlint, "--type-aware", "--no-ignore", "--format=unix", "packages"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(run.status).toBe(1);
  return [...run.stdout.matchAll(/^([^:\n]+):\d+:\d+: (.*)$/gm)].map(([, file, text]) => ({ file: file!, text: text! }));
}
