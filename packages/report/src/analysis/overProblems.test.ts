import { expect, it } from "vitest";
import { overProblems } from "./overProblems.ts";

it("ranks the medians of each problem and averages the ranks", () => {
  // Medians 2, 1, 3 and 5, 5, 4; means and upper quartiles would give another order.
  const scores = [
    [
      [2, 2, 2],
      [1, 1, 90],
      [0, 3, 3],
    ],
    [
      [5, 5, 5],
      [0, 5, 9],
      [4, 4, 99],
    ],
  ];
  expect(overProblems(scores)!.meanRanks).toEqual([(2 + 2.5) / 2, (1 + 2.5) / 2, (3 + 1) / 2]);
});

it("says nothing where the table of critical differences ends", () => {
  expect(overProblems([[[1]]])).toBeNull();
  expect(overProblems([Array.from({ length: 21 }, (_, strategy) => [strategy])])).toBeNull();
});
