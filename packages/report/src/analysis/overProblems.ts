/** Problems as the sample: what the campaign says about new problems, which is much less than what it says about its own. */
import { criticalDifference } from "../statistics/criticalDifference.ts";
import { quartiles } from "../statistics/quartiles.ts";
import { averageRanks } from "../statistics/ranks.ts";
import type { Scores } from "./scores.ts";

/** Mean ranks of per-problem medians at the final budget, and Nemenyi's critical difference. */
export type OverProblems = { readonly meanRanks: readonly number[]; readonly criticalDifference: number };

/** Null if there is no critical difference for this number of strategies. */
export function overProblems(scores: readonly Scores[]): OverProblems | null {
  const difference = criticalDifference(scores[0]!.length, scores.length);
  if (difference === null) return null;
  const ranks = scores.map((problem) => averageRanks(problem.map((ofStrategy) => quartiles(ofStrategy).median)));
  return {
    meanRanks: scores[0]!.map((_, strategy) => ranks.reduce((total, ofProblem) => total + ofProblem[strategy]!, 0) / ranks.length),
    criticalDifference: difference,
  };
}
