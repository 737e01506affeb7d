import { derive, root, stream } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { rankDifferences } from "./rankDifferences.ts";
import { averageRanks } from "./ranks.ts";
import { seedsNeeded } from "./seedsNeeded.ts";

const key = root("seeds needed");

/** The share of campaigns that call strategy 0 ahead of strategy 1, and the mean and deviation of their difference in rank. */
function simulated(shifts: readonly number[], problems: number, seeds: number, campaigns: number): number {
  let ahead = 0;
  for (let campaign = 0; campaign < campaigns; campaign++) {
    const source = stream(derive(key, problems, seeds, campaign));
    const ranks = Array.from({ length: problems }, () =>
      Array.from({ length: seeds }, () => Float64Array.from(averageRanks(shifts.map((shift) => shift + source.normal())))),
    );
    if (rankDifferences(ranks, 0.05, derive(key, "flips", campaign)).between(1, 0).interval!.low > 0) ahead++;
  }
  return ahead / campaigns;
}

function effectOf(shifts: readonly number[]): { readonly difference: number; readonly deviation: number } {
  const source = stream(derive(key, "effect"));
  const differences = Array.from({ length: 20_000 }, () => {
    const ranks = averageRanks(shifts.map((shift) => shift + source.normal()));
    return ranks[1]! - ranks[0]!;
  });
  const difference = differences.reduce((a, b) => a + b, 0) / differences.length;
  const squares = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0);
  return { difference, deviation: Math.sqrt(squares / differences.length) };
}

// The standard deviation of a share of 400 is 0.02. Two strategies on one problem have few possible results, so their chance is coarse.
it.each([
  [[0, 0.9], 1, 0.12],
  [[0, 0.8, 0.8, 0.8], 2, 0.08],
  [[0, 0.5, 1, 1.5, 2], 4, 0.08],
])("gives the stated chance of 80 % in simulated campaigns: shifts %j on %d problems", (shifts, problems, allowance) => {
  const seeds = seedsNeeded({ ...effectOf(shifts), strategies: shifts.length, problems });
  expect(Math.abs(simulated(shifts, problems, seeds, 400) - 0.8)).toBeLessThan(allowance);
});
