/** Predictions of the objective in its own units. */
import type { Prediction } from "@caviar-hpo/core/contract";
import { coordinatesOf } from "../features.ts";
import { momentsAt } from "../model/ensemble.ts";
import type { ProblemModel } from "./problemModel.ts";
import { unwarp } from "./unwarp.ts";

/** Less is better. From what has been measured alone: imagined points are forgotten. */
export function predictAt({ features, ensemble, values }: ProblemModel, units: readonly Float64Array[]): Prediction {
  for (const process of ensemble.processes) process.forget();
  const points = { data: coordinatesOf(features, units), n: units.length, d: features.size };
  const { mean, variance } = momentsAt(ensemble.processes, points);
  const pairs = units.map((_, j) => unwarp(values.warp, values.mean + values.sd * mean[j]!, values.sd * Math.sqrt(variance[j]!)));
  return { mean: pairs.map((pair) => pair.mean), sd: pairs.map((pair) => pair.sd) };
}
