/**
 * Where the published code can turn data into code or start a program: imports whose module is not in the source, `eval` and its relatives,
 * threads and child processes. Each has a list of the files that may do it.
 */

import type { SourceFile } from "./typeNames.ts";

type Rule = { readonly name: string; readonly pattern: RegExp; readonly allowed: readonly string[] };

const workers = "packages/runtime/src/workers";

export const loadingRules: readonly Rule[] = [
  {
    name: "import() of a computed name",
    pattern: /\bimport\s*\(\s*(?!(?:\/\*[^*]*\*\/\s*)*"[^"]*"\s*\))/g,
    allowed: ["packages/runtime/src/parts/loadModule.ts"],
  },
  { name: "eval or Function", pattern: /(?<![\w.$"'`])(?:eval|Function)\s*\(/g, allowed: [] },
  {
    name: "a module that runs or loads code",
    pattern:
      /(?:["']node:|(?:\bfrom|\bimport\s*\(?|\brequire\s*\(|\bgetBuiltinModule\s*\()\s*["'])(?:vm|module|repl|inspector|wasi|v8)(?:\/\w+)?["']/g,
    allowed: [],
  },
  { name: "a loader of CommonJS modules", pattern: /\bcreateRequire\s*\(|\bprocess\.(?:binding|dlopen|mainModule)\b/g, allowed: [] },
  {
    name: "a shell",
    pattern: /\bshell\s*:|\bexec(?:Sync)?\s*\(\s*[`"']|\b(?:exec|execSync|execFile|execFileSync|spawnSync)\b(?=[^;]*child_process)/g,
    allowed: [],
  },
  {
    name: "child processes",
    pattern: /["'](?:node:)?child_process["']/g,
    allowed: [`${workers}/guard.ts`, `${workers}/processGroup.ts`],
  },
  {
    name: "threads",
    pattern: /\bnew Worker\s*\(/g,
    allowed: [
      "packages/bench/src/run/cellWorker.ts",
      "packages/runtime/src/parts/lineProgram.ts",
      `${workers}/threadLink.ts`,
      `${workers}/program/process.ts`,
    ],
  },
  { name: "a thread of code in a text", pattern: /\beval\s*:/g, allowed: [] },
];

/** One line per finding: the file, the line, and what is there. Comments do not count. */
export function loadingFaults(sources: readonly SourceFile[]): readonly string[] {
  return sources.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    return loadingRules
      .filter(({ allowed }) => !allowed.includes(path))
      .flatMap(({ name, pattern }) =>
        [...code.matchAll(pattern)].map(({ index }) => `${path}:${code.slice(0, index).split("\n").length}: ${name}`),
      );
  });
}

/** Files of the lists that do not need to be there. */
export function needlessExceptions(sources: readonly SourceFile[]): readonly string[] {
  return loadingRules.flatMap(({ name, pattern, allowed }) =>
    allowed
      .filter((path) => {
        const text = sources.find((source) => source.path === path)?.text;
        return text === undefined || withoutComments(text).search(new RegExp(pattern.source, "g")) < 0;
      })
      .map((path) => `${path}: ${name}`),
  );
}

/** The lines stay where they are. A comment in front of a module's name stays too. */
function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, " "));
}
