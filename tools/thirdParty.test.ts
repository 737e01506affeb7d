import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Row, rowsOf, type TextFile, tableFaults, usesOf } from "./thirdParty.ts";
import { readWorkspace, workspaceRoot } from "./workspace.ts";

const read = (path: string): string => readFileSync(join(workspaceRoot, path), "utf8");

describe("docs/third-party.md", () => {
  const rows = rowsOf(read("docs/third-party.md"));
  const named = ["ml-matrix", "simple-statistics", "seedrandom", "nx", "vitest", "fast-check"];

  it("says where each package is used, and leaves no place out", () => {
    const listed = execFileSync("git", ["ls-files", "package.json", "*.ts", "*.mjs"], { cwd: workspaceRoot, encoding: "utf8" });
    const files = listed
      .trim()
      .split("\n")
      .map((path) => ({ path, text: read(path) }));
    expect(files.length).toBeGreaterThan(1000);
    expect(tableFaults(rows, files)).toEqual([]);
  });

  it(`has ${named.join(", ")} and every package that ours depend on`, () => {
    const members = readWorkspace();
    const needed = members.flatMap(({ dependencies, peerDependencies }) => Object.keys({ ...dependencies, ...peerDependencies }));
    const foreign = needed.filter((name) => !members.some(({ packageName }) => packageName === name));
    const told = rows.filter(({ places }) => places.length > 0).map(({ name }) => name);
    expect([...told].sort()).toEqual([...new Set([...named, ...foreign])].sort());
  });
});

describe("a table", () => {
  const files: readonly TextFile[] = [
    { path: "packages/a/src/x.ts", text: `import { y } from "left/deep";\nimport { z } from "@caviar-hpo/core";\nimport "node:fs";` },
    { path: "packages/a/src/lazy.ts", text: `const load = () => import("right");` },
    { path: "packages/a/src/x.test.ts", text: `import { it } from "vitest";` },
    { path: "tools/run.mjs", text: `createRequire(import.meta.url).resolve("nx/bin/nx.js");` },
    { path: "package.json", text: `{"scripts":{"test":"nx run-many && vitest run"}}` },
  ];
  const rows: readonly Row[] = rowsOf(
    [
      "| package | where | what for |\n|---|---|---|",
      "| `left` | `packages/a/src/x.ts` | one |",
      "| `right` | `packages/a/src/` | two |",
      "| `nx` | `tools/run.mjs`, `package.json` | three |",
      "| `vitest` | `package.json` | four |",
    ].join("\n"),
  );

  it("is read, and agrees with the files", () => {
    expect(rows.map(({ name }) => name)).toEqual(["left", "right", "nx", "vitest"]);
    expect(files.map(usesOf)).toEqual([["left"], ["right"], ["vitest"], ["nx"], ["nx", "vitest"]]);
    expect(tableFaults(rows, files)).toEqual([]);
  });

  it("with a place that no longer uses its package is refused", () => {
    const changed = files.map((file) => (file.path === "package.json" ? { ...file, text: `{"scripts":{"test":"nx run-many"}}` } : file));
    expect(tableFaults(rows, changed)).toEqual(["vitest: the table says that package.json uses it, and it does not"]);
    const gone = files.filter(({ path }) => path !== "packages/a/src/lazy.ts");
    expect(tableFaults(rows, gone)).toEqual(["right: the table says that packages/a/src/ uses it, and it does not"]);
  });

  it("that leaves out a place is refused", () => {
    const more = [...files, { path: "packages/b/src/x.ts", text: `export { y } from "left";` }];
    expect(tableFaults(rows, more)).toEqual(["left: packages/b/src/x.ts uses it, and the table does not say so"]);
  });
});
