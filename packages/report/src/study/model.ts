/**
 * What a random forest has learned from the trials of a study: which parameters matter, and how the objective depends on them. It learns
 * from the trials that are compared. One forest serves all figures.
 */
import { root } from "@caviar-hpo/core";
import { type Importance, type LearnedForest, learn, sharesOf } from "../importance/importance.ts";
import { type Marginal, marginalsOf } from "../importance/marginals.ts";
import type { ComparedTrial, Digest } from "./digest.ts";

export type TrialModel = {
  readonly learned: LearnedForest;
  readonly shares: Importance;
  readonly marginals: readonly Marginal[];
};

/** With fewer trials, the forest would say more about chance than about parameters. */
export const leastTrials = 10;
/** The shares take time in proportion to the square of this number. */
export const mostLearned = 400;

/** null if there are too few trials, or nothing to learn. @param objective its index. */
export function modelOf({ problem, compared }: Digest, objective: number): TrialModel | null {
  const rows = evenly(compared, mostLearned);
  if (rows.length < leastTrials || problem.space.dims === 0) return null;
  const observations = rows.map(({ trial, last }) => ({ config: trial.config, value: last.values[objective]! }));
  const learned = learn(problem.space, observations, { key: root("importance") });
  return { learned, shares: sharesOf(learned), marginals: marginalsOf(learned) };
}

/** At most `most` trials, every k-th in the order in which they began. */
function evenly(trials: readonly ComparedTrial[], most: number): readonly ComparedTrial[] {
  if (trials.length <= most) return trials;
  return Array.from({ length: most }, (_, index) => trials[Math.floor((index * trials.length) / most)]!);
}
