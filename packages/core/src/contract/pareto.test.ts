import fc from "fast-check";
import { expect, it } from "vitest";
import { paretoRanks } from "./pareto.ts";

it("ranks the worked example front by front, twins alike", () => {
  const points = [
    [1, 4],
    [2, 2],
    [2, 3],
    [4, 1],
    [2, 2],
    [3, 3],
    [5, 5],
  ];
  expect(paretoRanks(points)).toEqual([0, 0, 1, 0, 0, 2, 3]);
  expect(paretoRanks([])).toEqual([]);
});

it("agrees with peeling one front after the other", () => {
  const value = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 14 }), (points) => {
      const dominated = (point: readonly number[], by: readonly number[]): boolean =>
        by.every((x, i) => x <= point[i]!) && by.some((x, i) => x < point[i]!);
      const expected = points.map(() => -1);
      for (let rank = 0; expected.includes(-1); rank++) {
        const left = points.map((_, index) => index).filter((index) => expected[index] === -1);
        const front = left.filter((index) => !left.some((other) => dominated(points[index]!, points[other]!)));
        for (const index of front) expected[index] = rank;
      }
      expect(paretoRanks(points)).toEqual(expected);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it("with one objective ranks by value", () => {
  expect(paretoRanks([[3], [-1], [3], [Number.MAX_VALUE]])).toEqual([1, 0, 1, 2]);
});
