/**
 * The joint model at one moment: one Gaussian process over configuration and fidelity, seen at the highest fidelity. So the search works as
 * on a model of one fidelity.
 */
import { derive } from "@caviar-hpo/core";
import { coordinatesOf, type Features, featuresOf } from "../features.ts";
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

export type JointMoment = Omit<ModelMoment, "trials" | "model"> & { readonly trials: Curves };

/** Most asks only decide whether to train on, so fits are fewer and smaller than those of the model of one fidelity. */
const pace: FitPace = { rows: 128, refits: 10, comparisons: 3 };

/**
 * null where nothing has been measured, or no matrix can be factorised. In the result, `standing` has the trials at the highest fidelity:
 * their values, or the posterior means of those that have not reached it. The incumbent is the best trial that has reached it. While there
 * is none, it is the trial with the best mean.
 */
export function fitJointModel(moment: JointMoment, state: ProblemModelState, cache: ProblemModelCache): ProblemModel | null {
  const { settings, context, trials, key } = moment;
  const { observed, rows, pending } = trials;
  const { space, constraints, fidelity } = context.problem;
  const end = fidelity?.max ?? 1;
  if (observed.length === 0) return null;
  const features = atFidelity(featuresOf(space), fidelity, end);
  const data = dataOf(moment, features);
  const allowed = replicatesDiffer(data) ? ({ ...settings.allowed, noises: ["learned"] } as const) : settings.allowed;
  const { objective } = state;
  const evaluations = choose({ features, data, allowed, key: derive(key, "objective"), pace }, objective, cache.objective.likelihoods);
  const choice = objective.choice!;
  const warp = outputWarps(data.y, [choice.warp])[0]!;
  const values = warpValues(warp, data.y, data.variance);
  const warped = { ...data, y: values.z, variance: values.variance };
  const extra = pending.length + noisyRows;
  const ensemble = settleModes({ features, data: warped, extra }, objective, cache.objective);
  if (ensemble === null) return null;

  const units = observed.map(({ unit }) => unit);
  const noisy = choice.noise === "learned" || data.variance !== null;
  const standing = meansAt(ensemble.processes, { data: coordinatesOf(features, units), n: units.length, d: features.size });
  rows.forEach(({ row, fidelity: at }, index) => {
    if (at === end && !noisy) standing[row] = values.z[index]!;
  });
  const conditioned = { features: { ...features, overFidelities: null }, trials, constraints: constraints.length, extra };
  return {
    features,
    units,
    choice,
    values: { ...values, z: standing },
    ensemble,
    noisy,
    standing,
    conditions: conditionsOf({ ...conditioned, key: derive(key, "feasibility") }, state.feasibility, cache.feasibility),
    feasible: rivalsAt(end, trials),
    evaluations,
  };
}

/** The results as rows of the process: the coordinates of the configuration, then those of the fidelity. */
function dataOf({ context, trials: { observed, rows } }: JointMoment, { size }: Features): Data {
  const { space, fidelity } = context.problem;
  const plain = featuresOf(space);
  const x = new Float64Array(rows.length * size);
  rows.forEach(({ row, fidelity: at }, index) => {
    atFidelity(plain, fidelity, at).write(observed[row]!.unit, x, index * size);
  });
  return {
    x,
    y: Float64Array.from(rows, ({ value }) => value),
    d: size,
    variance: rows.some(({ variance }) => variance !== null) ? Float64Array.from(rows, ({ variance }) => variance ?? 0) : null,
  };
}

/** Which trials may be the incumbent: feasible ones that have reached the highest fidelity, or if none has, all feasible ones. */
function rivalsAt(end: number, { observed, reached }: Curves): readonly boolean[] {
  const feasible = observed.map(({ constraints }) => constraints.every((value) => value <= 0));
  const trained = feasible.map((is, row) => is && reached[row] === end);
  return trained.includes(true) ? trained : feasible;
}
