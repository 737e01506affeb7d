/**
 * The two ways a value can point. On the wire values are the user's, larger or smaller being better as each objective's goal says; inside
 * less is better. Constraints, variances and standard deviations point the same way in both.
 */
import type { Job, Json, Prediction, Problem, Told } from "@caviar-hpo/core";

/** One value an objective, from the user's orientation to the inner one or back; never -0. */
export function orient(problem: Problem, values: readonly number[]): readonly number[] {
  return values.map((value, index) => value * (problem.objectives[index]?.goal === "maximize" ? -1 : 1) + 0);
}

export function toldFromWire(problem: Problem, told: Told): Told {
  return { ...told, values: orient(problem, told.values) };
}

export function jobToWire(problem: Problem, job: Job): Json {
  if (job.prediction === undefined) return job;
  return { ...job, prediction: { mean: orient(problem, job.prediction.mean), sd: job.prediction.sd } };
}

/** A model's means and standard deviations of the first objective, one a configuration. */
export function predictionToWire(problem: Problem, { mean, sd }: Prediction): Json {
  return { mean: mean.map((value) => orient(problem, [value])[0]!), sd };
}
