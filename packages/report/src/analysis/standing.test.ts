import { root, stream } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { rankDifferences } from "../statistics/rankDifferences.ts";
import { averageRanks } from "../statistics/ranks.ts";
import type { Scores } from "./scores.ts";
import { standing } from "./standing.ts";

const strategies = [0, 1, 2, 3];
const sizes = [3, 9];
const key = root("standing");
const source = stream(root("scores"));
const scores: readonly Scores[] = sizes.map((blocks) =>
  strategies.map((level) => Array.from({ length: blocks }, () => level / 3 + source.normal())),
);

/** The ranks of a strategy on a problem: 1 + the number of strategies that are better in the block. */
function ranksOf(strategy: number, problem: Scores): readonly number[] {
  return problem[strategy]!.map((score, block) => 1 + problem.filter((other) => other[block]! < score).length);
}

it("weighs every problem alike, however many of its blocks are complete", () => {
  const { meanRanks } = standing(scores, 0, key);
  for (const strategy of strategies) {
    const means = scores.map((problem) => ranksOf(strategy, problem).reduce((a, b) => a + b, 0) / problem[0]!.length);
    expect(meanRanks[strategy]!.value).toBeCloseTo((means[0]! + means[1]!) / 2, 12);
  }
});

it("gives mean ranks the interval of Student's distribution where seeds differ much, problems weighed alike", () => {
  const { meanRanks } = standing(scores, 0, key);
  for (const strategy of strategies) {
    const variances = scores.map((problem) => {
      const ranks = ranksOf(strategy, problem);
      const mean = ranks.reduce((a, b) => a + b, 0) / ranks.length;
      return ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0) / (ranks.length - 1) / ranks.length;
    });
    const { value, interval } = meanRanks[strategy]!;
    // SciPy: t.isf(0.025, 10).
    const student = 2.228138851964939 * Math.sqrt((variances[0]! + variances[1]!) / 4);
    expect(interval!.high).toBeGreaterThanOrEqual(Math.min(4, value + student) - 1e-5);
    expect(interval!.low).toBeLessThanOrEqual(Math.max(1, value - student) + 1e-5);
    expect(interval!.high - interval!.low).toBeLessThan(3 * student);
  }
});

it("compares with the leader by the intervals of all pairs", () => {
  const { behind, leader, meanRanks } = standing(scores, 0, key);
  const ranks = scores.map((problem) =>
    problem[0]!.map((_, block) => Float64Array.from(averageRanks(problem.map((ofStrategy) => ofStrategy[block]!)))),
  );
  const { between } = rankDifferences(ranks, 0.05, key);
  for (const strategy of strategies) {
    expect(behind[strategy]).toEqual(between(strategy, leader));
    expect(behind[strategy]!.value).toBeCloseTo(meanRanks[strategy]!.value - meanRanks[leader]!.value, 12);
  }
});

it("says whether any claim was possible", () => {
  const agreed = (blocks: number): readonly Scores[] => [strategies.map((level) => Array<number>(blocks).fill(level))];
  expect(standing(agreed(4), 0, key).decidable).toBe(false);
  expect(standing(agreed(12), 0, key).decidable).toBe(true);
  expect(standing(agreed(1), 0, key).decidable).toBe(false);
});
