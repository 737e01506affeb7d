/** How well a strategy predicted what its jobs measured. */
import { shareBelow } from "../statistics/predictedShares.ts";
import type { Digest } from "./digest.ts";

/** What was predicted before the trial, and what was measured. */
export type CheckedPrediction = {
  readonly trial: number;
  readonly mean: number;
  readonly sd: number;
  readonly value: number;
  /** The share of the predicted distribution below the value. Uniform from 0 to 1 if the predictions are right. */
  readonly below: number;
};

/**
 * The predictions of the first objective whose values are known. With a fidelity, a model predicts the value at a fidelity that the log
 * does not name, so there are none.
 */
export function predictionsOf({ problem, jobs, trials }: Digest): readonly CheckedPrediction[] {
  if (problem.fidelity !== null) return [];
  return jobs.flatMap(({ trial, prediction, outcome }) => {
    const value = trials[trial]!.last?.values[0];
    if (prediction === undefined || outcome !== "finished" || value === undefined) return [];
    const [mean, sd] = [prediction.mean[0]!, prediction.sd[0]!];
    const below = shareBelow(mean, sd, value);
    return below === null ? [] : [{ trial, mean, sd, value, below }];
  });
}
