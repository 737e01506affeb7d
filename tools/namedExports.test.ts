import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { markdownFiles } from "./docs.ts";
import { entriesOf, exportsNamedIn, missingExports } from "./namedExports.ts";
import { readWorkspace, workspaceRoot } from "./workspace.ts";

it("the documentation names only functions that their packages export", () => {
  const named = markdownFiles().map((file) => ({ file, named: exportsNamedIn(readFileSync(join(workspaceRoot, file), "utf8")) }));
  expect(named.flatMap(({ file, named }) => missingExports(named).map((fault) => `${file}: ${fault}`))).toEqual([]);
  expect(named.flatMap((one) => one.named).length).toBeGreaterThan(30);
});

it("the README of a package names each of its entry points", () => {
  const unnamed = readWorkspace().flatMap((member) => {
    const readme = readFileSync(join(workspaceRoot, member.directory, "README.md"), "utf8");
    return entriesOf(member)
      .map(([entry]) => entry)
      .filter((entry) => !readme.includes(entry));
  });
  expect(unnamed).toEqual([]);
});

it("a function that is not exported, one of another entry point, and entry points that do not exist are found", () => {
  const named = exportsNamedIn(
    "`createStudi` and `real` of `@caviar-hpo/tune`, `cardLaws` of @caviar-hpo/core, `cardLaws`\nof `@caviar-hpo/core/testing`, `a` of `@caviar-hpo/core/b`, `c` of `@caviar-hpo/d`",
  );
  expect(named).toHaveLength(6);
  expect(missingExports(named)).toEqual([
    "@caviar-hpo/tune does not export createStudi",
    "@caviar-hpo/core does not export cardLaws",
    "@caviar-hpo/core/b does not export a",
    "@caviar-hpo/d does not export c",
  ]);
});
