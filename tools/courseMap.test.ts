import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strategies } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { rowsOfMap } from "./courseMap.ts";
import { linkFaults } from "./docs.ts";
import { workspaceRoot } from "./workspace.ts";

const file = "docs/course-to-caviar.md";
const rows = rowsOfMap(readFileSync(join(workspaceRoot, file), "utf8"));

describe("the map from the course to Caviar", () => {
  it("has a row for each concept of the course", () => {
    expect(rows.map(({ concept }) => concept)).toEqual([
      "priorities",
      "grid against random",
      "coarse to fine",
      "linear scale",
      "log scale",
      "1 − β",
      "panda",
      "caviar",
      "old settings go stale",
      "Bayesian optimisation",
      "Hyperband",
      "KerasTuner",
      "TensorBoard",
      "batch norm",
      "batch norm at test time",
      "why batch norm works",
    ]);
  });

  it("names a function and a page in each row", () => {
    expect(rows.filter(({ functions, pages }) => functions.length === 0 || pages.length === 0)).toEqual([]);
  });

  it("names only strategies that exist", () => {
    const names = strategies.map(({ name }) => name);
    const named = rows.flatMap((row) => row.strategies);
    expect(named.length).toBeGreaterThanOrEqual(7);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("links only to pages and headings that exist", () => {
    expect(linkFaults([file])).toEqual([]);
  });
});

it("functions, strategies and pages of a row are found", () => {
  const caviar = "`a`, `b` of `@caviar-hpo/core/testing` and `c` of `@caviar-hpo/tune`; strategies `grid` and `random`";
  const table = `| the course | what | in Caviar | read |\n|---|---|---|---|\n| one | two | ${caviar} | [page](page.md#part) |`;
  expect(rowsOfMap(table)).toEqual([
    {
      concept: "one",
      functions: [
        { name: "a", entry: "@caviar-hpo/core/testing" },
        { name: "b", entry: "@caviar-hpo/core/testing" },
        { name: "c", entry: "@caviar-hpo/tune" },
      ],
      strategies: ["grid", "random"],
      pages: ["page.md#part"],
    },
  ]);
});
