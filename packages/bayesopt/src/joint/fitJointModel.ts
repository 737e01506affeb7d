/**
 * The joint model at one moment: one Gaussian process over configuration and fidelity, seen at the highest fidelity. The search then works
 * as it does on a model of one fidelity.
 */
import { derive } from "@caviar-hpo/core";
import { coordinatesOf, featuresOf } from "../features.ts";
import type { Data } from "../model/data.ts";
import { meansAt } from "../model/ensemble.ts";
import { replicatesDiffer } from "../model/replicates.ts";
import { noisyRows } from "../search/acquire.ts";
import type { ModelMoment } from "../suggest/modelNow.ts";
import { choose } from "../surrogate/choose.ts";
import { conditionsOf } from "../surrogate/feasibility.ts";
import type { ProblemModel, ProblemModelCache, ProblemModelState } from "../surrogate/problemModel.ts";
import { settleModes } from "../surrogate/processPool.ts";
import type { FitPace } from "../surrogate/score.ts";
import { warpValues } from "../surrogate/warpedValues.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { atFidelity } from "./fidelityFeatures.ts";
import type { Curves } from "./readCurves.ts";

export type JointMoment = Omit<ModelMoment, "trials"> & { readonly trials: Curves };

/** Most asks only decide whether to train on, so fits are fewer and smaller than those of the model of one fidelity. */
const pace: FitPace = { rows: 128, refits: 10, comparisons: 3 };

/** null where nothing has been measured, or no matrix can be factorised. */
export function fitJointModel(moment: JointMoment, state: ProblemModelState, cache: ProblemModelCache): ProblemModel | null {
  const { settings, context, trials, key } = moment;
  const { observed, rows, reached, pending } = trials;
  const { space, constraints } = context.problem;
  const range = context.problem.fidelity ?? { unit: "evaluation", min: 1, max: 1, whole: true };
  if (observed.length === 0) return null;
  const plain = featuresOf(space);
  const features = atFidelity(plain, range, range.max);
  const units = observed.map(({ unit }) => unit);
  const x = new Float64Array(rows.length * features.size);
  rows.forEach(({ row, fidelity }, at) => {
    atFidelity(plain, range, fidelity).write(units[row]!, x, at * features.size);
  });
  const data: Data = {
    x,
    y: Float64Array.from(rows, ({ value }) => value),
    d: features.size,
    variance: rows.some(({ variance }) => variance !== null) ? Float64Array.from(rows, ({ variance }) => variance ?? 0) : null,
  };
  const allowed = replicatesDiffer(data) ? ({ ...settings.allowed, noises: ["learned"] } as const) : settings.allowed;
  const evaluations = choose(
    { features, data, allowed, key: derive(key, "objective"), pace },
    state.objective,
    cache.objective.likelihoods,
  );
  const choice = state.objective.choice!;
  const warp = outputWarps(data.y).find(({ name }) => name === choice.warp)!;
  const values = warpValues(warp, data.y, data.variance);
  const extra = pending.length + noisyRows;
  const ensemble = settleModes(
    { features, data: { ...data, y: values.z, variance: values.variance }, extra },
    state.objective,
    cache.objective,
  );
  if (ensemble === null) return null;
  const noisy = choice.noise === "learned" || data.variance !== null;
  const standing = meansAt(ensemble.processes, { data: coordinatesOf(features, units), n: units.length, d: features.size });
  const trained = reached.map((fidelity) => fidelity === range.max);
  const isRival = trained.includes(true) ? trained : trained.map(() => true);
  if (!noisy)
    rows.forEach(({ row, fidelity }, at) => {
      if (fidelity === range.max) standing[row] = values.z[at]!;
    });
  const conditioned = {
    features: { ...features, fidelity: null },
    trials,
    constraints: constraints.length,
    extra,
    key: derive(key, "feasibility"),
  };
  return {
    features,
    units,
    choice,
    values: { ...values, z: standing },
    ensemble,
    noisy,
    standing,
    conditions: conditionsOf(conditioned, state.feasibility, cache.feasibility),
    feasible: observed.map((one, row) => isRival[row]! && one.constraints.every((value) => value <= 0)),
    evaluations,
  };
}
