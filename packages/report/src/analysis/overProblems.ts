/** The problems as the sample: what may be said about new problems, which is much less than about these. */
import { criticalDifference } from "../statistics/criticalDifference.ts";
import { quartiles } from "../statistics/quartiles.ts";
import { averageRanks } from "../statistics/ranks.ts";
import type { Scores } from "./scores.ts";

/** Mean ranks of per-problem medians at the final budget, and Nemenyi's critical difference. */
export type OverProblems = { readonly meanRanks: readonly number[]; readonly criticalDifference: number };

/** Null for numbers of strategies for which there is no critical difference. */
export function overProblems(scores: readonly Scores[]): OverProblems | null {
  const difference = criticalDifference(scores[0]!.length, scores.length);
  if (difference === null) return null;
  const ranks = scores.map((problem) => averageRanks(problem.map((ofStrategy) => quartiles(ofStrategy).median)));
  return {
    meanRanks: scores[0]!.map((_, strategy) => ranks.reduce((total, ofProblem) => total + ofProblem[strategy]!, 0) / ranks.length),
    criticalDifference: difference,
  };
}
