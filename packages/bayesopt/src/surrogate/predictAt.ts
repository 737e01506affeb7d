/** Predictions of the objective in its own units. */
import { type Config, encode } from "@caviar-hpo/core";
import { type Context, historyCache, type Prediction } from "@caviar-hpo/core/contract";
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

/**
 * What `fit` makes of the present history predicts for some configurations. It is called once for each version of the history.
 *
 * @param name of the model, unique among those of one study.
 */
export function predictLatest(
  { problem, history }: Context,
  name: string,
  configs: readonly Config[],
  fit: () => ProblemModel | null,
): Prediction {
  const known = historyCache(history, `${name} predictions`, (): { version: number; model: ProblemModel | null } => ({
    version: -1,
    model: null,
  }));
  if (known.version !== history.version) {
    known.model = fit();
    known.version = history.version;
  }
  if (known.model === null) return { mean: configs.map(() => 0), sd: configs.map(() => Number.MAX_VALUE) };
  return predictAt(
    known.model,
    configs.map((config) => encode(problem.space, config)),
  );
}
