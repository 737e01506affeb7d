/** The hyperparameters of a regression: those of the greatest posterior density, found from several starts. */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import type { Hyperparameter } from "../kernels/kernel.ts";
import { type Data, hyperparametersOf, type Model } from "../model/data.ts";
import { type Fitted, fit } from "../process/fit.ts";
import { createMarginalLikelihood } from "../process/marginalLikelihood.ts";

/** `warm`: values to start from first, by name; `notes` takes what is worth telling. */
export type HyperparameterSearch = {
  readonly starts: number;
  readonly key: Key;
  readonly warm: { readonly [name: string]: number };
  readonly notes: string[];
};

/** `fitted` is null, and u where hyperparameters start, where all values are `alike` or no finite density was found. */
export type ModelFit = { readonly model: Model; readonly u: Float64Array; readonly fitted: Fitted | null; readonly alike: boolean };

export function fitFromStarts(model: Model, data: Data, { starts, key, warm, notes }: HyperparameterSearch): ModelFit {
  const all = hyperparametersOf(model);
  const standard = Float64Array.from(all, ({ start }) => log(start));
  if (data.y.every((value) => Math.abs(value - data.y[0]!) < rounding)) {
    if (data.y.length > 0) notes.push("all values are alike: hyperparameters stay as they start");
    return { model, u: standard, fitted: null, alike: true };
  }
  const source = stream(derive(key, "starts"));
  const points = [standard];
  if (all.some(({ name }) => Object.hasOwn(warm, name)))
    points.unshift(Float64Array.from(all, (one) => log(Math.min(one.high, Math.max(one.low, valueIn(warm, one))))));
  while (points.length < starts) points.push(standard.map((u) => u + spread * source.normal()));
  const density = createMarginalLikelihood(model, data);
  // All starts go a little way, and the best continues.
  const [first] = fit(model, density, points, { maxEvaluations: shortEvaluations });
  if (first === undefined) {
    notes.push("no hyperparameters gave a finite density: they stay as they start");
    return { model, u: standard, fitted: null, alike: false };
  }
  const fitted = fit(model, density, [first.u], { maxEvaluations: longEvaluations })[0] ?? first;
  return { model, u: fitted.u, fitted, alike: false };
}

function valueIn(warm: { readonly [name: string]: number }, { name, start }: Hyperparameter): number {
  const value = Object.hasOwn(warm, name) ? warm[name]! : start;
  return value > 0 ? value : start;
}

/** Standardised values that are no further apart differ by rounding. */
const rounding = 1e-9;
/** Deviations, in logarithms, of the starts that are drawn. */
const spread = 1.5;
const shortEvaluations = 15;
const longEvaluations = 150;
