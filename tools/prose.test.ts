import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { markdownFiles } from "./docs.ts";
import { foreignWords } from "./prose.ts";
import { workspaceRoot } from "./workspace.ts";

it("the documentation has no words that make a reader stop", () => {
  const files = markdownFiles();
  expect(files.length).toBeGreaterThan(30);
  expect(files.flatMap((file) => foreignWords(file, readFileSync(join(workspaceRoot, file), "utf8")))).toEqual([]);
});

it("foreign words are found in prose, and not in code or headings", () => {
  const markdown = [
    "# Nobody",
    "Nobody waits, `--beside` is an option, and the search goes on.",
    "```text",
    "anew",
    "```",
    "- **goes on, whatever fails**: for everybody and nobody",
    "It begins anew.",
  ].join("\n");
  expect(foreignWords("planted.md", markdown)).toEqual([
    'planted.md:2: "Nobody"; write no user, no worker, or the passive',
    'planted.md:2: "goes on"; write continue',
    'planted.md:6: "nobody"; write no user, no worker, or the passive',
    'planted.md:7: "anew"; write again',
  ]);
});
