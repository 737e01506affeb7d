import { expect, it } from "vitest";
import { bracketTable } from "./brackets.ts";
import { showBrackets } from "./bracketText.ts";

it("a bracket table in print", () => {
  expect(`\n${showBrackets(bracketTable({ unit: "epoch", min: 1, max: 27, whole: true }))}\n`).toBe(`
1 to 27 epoch, eta 3, algorithm1: trials x epoch
  s  stage 0  stage 1  stage 2  stage 3  trials  evaluations  from scratch  resumed
  3   27 x 1    9 x 3    3 x 9   1 x 27      27           40           108       81
  2   12 x 3    4 x 9   1 x 27               12           17            99       78
  1    6 x 9   2 x 27                         6            8           108       90
  0   4 x 27                                  4            4           108      108
all                                          49           69           423      357
`);
});

it("fidelities that are not whole, to five digits", () => {
  const text = showBrackets(bracketTable({ unit: "fraction", min: 0.01, max: 1, whole: false }, { eta: Math.E, brackets: 2 }));
  expect(text.split("\n")).toEqual([
    "0.01 to 1 fraction, eta 2.7183, algorithm1: trials x fraction",
    "  s      stage 0  stage 1  trials  evaluations  from scratch  resumed",
    "  1  3 x 0.36788    1 x 1       3            4        2.1036   1.7358",
    "  0        2 x 1                2            2             2        2",
    "all                             5            6        4.1036   3.7358",
  ]);
});
