/** Mean ranks over the budget: the comparison of the final budget, repeated at every share of it. */
import type { Estimate } from "../statistics/estimate.ts";
import { averageRanks } from "../statistics/ranks.ts";
import { meanRank } from "./scores.ts";

export type RanksOverBudget = {
  /** The share of the budget that is spent, ascending to 1. */
  readonly shares: readonly number[];
  /** [strategy][position] */
  readonly meanRanks: readonly (readonly Estimate[])[];
};

/** The largest number of positions at which ranks are shown. */
const mostPositions = 50;

/** From the curves of complete blocks, curves[problem][strategy][block]. */
export function ranksOverBudget(curves: readonly (readonly (readonly Float64Array[])[])[]): RanksOverBudget {
  const longest = curves.reduce((most, problem) => Math.max(most, problem[0]![0]!.length), 0);
  const positions = Math.min(longest, mostPositions);
  const shares = Array.from({ length: positions }, (_, position) => (position + 1) / positions);
  const count = curves[0]!.length;
  const ranks = curves.map((problem) =>
    problem[0]!.map((_, block) =>
      Float64Array.from(
        shares.flatMap((share) =>
          averageRanks(problem.map((ofStrategy) => ofStrategy[block]![stepAt(share, ofStrategy[block]!.length) - 1]!)),
        ),
      ),
    ),
  );
  return {
    shares,
    meanRanks: Array.from({ length: count }, (_, strategy) =>
      shares.map((_share, position) => meanRank(ranks, position * count + strategy, count)),
    ),
  };
}

/** The last step that a share of the budget pays for in full, at least 1. The allowance for rounding keeps 0.3 x 10 at 3. */
export function stepAt(share: number, budget: number): number {
  return Math.max(1, Math.floor(share * budget + 1e-9));
}
