import { root, stream } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { bootstrap } from "../statistics/bootstrap.ts";
import { quartiles } from "../statistics/quartiles.ts";
import type { Scores } from "./scores.ts";
import { standing } from "./standing.ts";

const strategies = [0, 1, 2, 3];
const sizes = [3, 9];
const key = root("standing");
const source = stream(root("scores"));
const scores: readonly Scores[] = sizes.map((blocks) =>
  strategies.map((level) => Array.from({ length: blocks }, () => level / 3 + source.normal())),
);

/** Mean over problems of the mean over blocks of 1 + the number of strategies that are better there. */
function meanRank(strategy: number, blocks: readonly (readonly number[] | Int32Array)[]): number {
  const means = scores.map((problem, index) => {
    const ranks = Array.from(blocks[index]!, (block) => 1 + problem.filter((other) => other[block]! < problem[strategy]![block]!).length);
    return ranks.reduce((a, b) => a + b, 0) / ranks.length;
  });
  return means.reduce((a, b) => a + b, 0) / means.length;
}

const everyBlock = sizes.map((size) => Array.from({ length: size }, (_, block) => block));
const draws = bootstrap(key, sizes, 2000, strategies.length, (drawn, components) => {
  for (const strategy of strategies) components[strategy] = meanRank(strategy, drawn);
});

it("weighs every problem alike, however many of its blocks are complete", () => {
  const { meanRanks } = standing(scores, 0, key);
  for (const strategy of strategies) expect(meanRanks[strategy]!.value).toBeCloseTo(meanRank(strategy, everyBlock), 12);
});

it("gives mean ranks their 95 % percentile intervals, problems weighed alike in every resample", () => {
  const { meanRanks } = standing(scores, 0, key);
  for (const strategy of strategies) expectInterval(meanRanks[strategy]!.interval!, draws[strategy]!, 0.05);
});

it("widens the intervals behind the first for the three comparisons made", () => {
  const { behind, leader } = standing(scores, 0, key);
  for (const strategy of strategies) {
    const differences = draws[strategy]!.map((rank, draw) => rank - draws[leader]![draw]!);
    expectInterval(behind[strategy]!.interval!, differences, 0.05 / 3);
  }
});

function expectInterval(interval: { readonly low: number; readonly high: number }, sample: Float64Array, outside: number): void {
  const sorted = Array.from(sample).sort((a, b) => a - b);
  const below = (bound: number): number => sorted.filter((value) => value < bound - 1e-9).length / sorted.length;
  const above = (bound: number): number => sorted.filter((value) => value > bound + 1e-9).length / sorted.length;
  expect(below(interval.low)).toBeLessThanOrEqual(outside / 2);
  expect(1 - above(interval.low)).toBeGreaterThanOrEqual(outside / 2);
  expect(above(interval.high)).toBeLessThanOrEqual(outside / 2);
  expect(1 - below(interval.high)).toBeGreaterThanOrEqual(outside / 2);
  expect(interval.low).toBeLessThanOrEqual(quartiles(sorted).median);
}
