/** Sources, messages, option texts, names of tests and published pages avoid the words of `plainWords.ts`. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { avoidedWords } from "./plainWords.ts";
import { workspaceRoot } from "./workspace.ts";

/**
 * Files that keep a word, each with the reason. The laws' names are part of messages that users have stored. In some tests and benches, a
 * variable or an option has such a name.
 */
const exempt: readonly (readonly [path: RegExp, reason: string])[] = [
  [/^packages\/core\/src\/testing\//, "names of laws stay as they were released"],
  [/^packages\/bayesopt\/src\/(?:model\/choice|search\/landscape)\.test\.ts$/, "a variable `hopeless`"],
  [/^packages\/(?:numerics\/bench\/elementary|samplers\/bench\/(?:sobol|tpe))\.mjs$/, "a variable `beside`"],
  [/^tools\/figures(?:\.test)?\.ts$/, "a variable `beside`"],
  [/^packages\/report\/src\/(?:figures\/warps|analysis\/analysis)\.test\.ts$/, "a variable `beside`, a strategy `nobody`"],
  [/^packages\/bayesopt\/bench\/bayesopt\.mjs$/, "an option `--beside`"],
  [/^tools\/(?:plainWords|prose)(?:\.test)?\.ts$/, "the words themselves"],
];

const files = execFileSync("git", ["ls-files", "packages", "tools", "benchmarks/peers", "benchmarks/reports/*/report.*"], {
  cwd: workspaceRoot,
  encoding: "utf8",
})
  .trim()
  .split("\n")
  .filter((path) => /\.(?:ts|mjs|py|html)$/.test(path) || /reports\/.*\.md$/.test(path));

it("no source and no published page has an avoided word", () => {
  expect(files.length).toBeGreaterThan(500);
  const faults = files
    .filter((path) => !exempt.some(([pattern]) => pattern.test(path)))
    .flatMap((path) =>
      avoidedWords(readFileSync(join(workspaceRoot, path), "utf8")).map(
        ({ line, word, instead }) => `${path}:${line}: ${word} (${instead})`,
      ),
    );
  expect(faults).toEqual([]);
});

test.each(exempt)("the exemption %s is needed", (pattern) => {
  const kept = files.filter((path) => pattern.test(path)).flatMap((path) => avoidedWords(readFileSync(join(workspaceRoot, path), "utf8")));
  expect(kept).not.toEqual([]);
});

describe("planted words", () => {
  test.each([
    ["/** Writes the report anew. */", "anew"],
    ['const remedy = "Nobody knows it.";', "Nobody"],
    ["Whoever asks is told.", "Whoever"],
    ["The tests stand beside it.", "beside"],
    ["a trial goes on from there", "goes on"],
    ["where all is hopeless", "hopeless"],
    ["a folder of one’s own", "of one’s own"],
    ["Taken one by one, the interval lies below 1", "Taken one by one"],
    ["How often all brackets are gone through", "How often all"],
    ["The bits stay the same for ever.", "for ever"],
    ["a fidelity that is none", "that is none"],
    ["drawn likewise", "likewise"],
    ["hence the seed", "hence"],
    ["learns the rows by heart", "by heart"],
    ["A study brings along every strategy.", "brings along"],
    ["`incumbents`: one a draw", "one a draw"],
  ])("%s", (text, word) => {
    expect(avoidedWords(`first\n${text}\nlast`)).toEqual([expect.objectContaining({ line: 2, word })]);
  });

  it("are found across the lines of a comment, once", () => {
    expect(avoidedWords("/**\n * The run goes\n * on from there.\n */")).toEqual([{ line: 2, word: "goes on", instead: "continue" }]);
    expect(avoidedWords("// The run goes\n// on.")).toHaveLength(1);
  });

  it("are not found inside other words", () => {
    expect(avoidedWords("besides, the canewood cargo only renews; a lesson")).toEqual([]);
  });
});
