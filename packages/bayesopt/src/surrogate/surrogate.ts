/** All that is modelled of a problem: the objective, in the units of the model, and where trials succeed. */
import { derive, type Key, type Prediction } from "@caviar-hpo/core";
import type { Features } from "../features.ts";
import type { Trials } from "../trials.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { type ChoiceState, type Choices, choose, type Standardised, standardise } from "./choice.ts";
import { type Ensemble, type EnsembleCache, newEnsembleCache, queries, settle } from "./ensemble.ts";
import { type Condition, conditionsOf, coordinatesOf, type FeasibilityCache, type FeasibilityState } from "./feasibility.ts";
import { unwarp } from "./unwarp.ts";

/** `fidelity`: of the values at the last fit. */
export type SurrogateState = { readonly objective: ChoiceState; readonly feasibility: FeasibilityState; fidelity: number | null };

export type SurrogateCache = { readonly objective: EnsembleCache; readonly feasibility: FeasibilityCache };
export const newSurrogateCache = (): SurrogateCache => ({ objective: newEnsembleCache(), feasibility: new Map() });

export type Surrogate = {
  readonly features: Features;
  /** A unit point and a row of coordinates for each observed trial. */
  readonly units: readonly Float64Array[];
  readonly x: Float64Array;
  readonly standardised: Standardised;
  readonly ensemble: Ensemble;
  readonly conditions: readonly Condition[];
  /** Whether values are not exact: their noise is learned, or known. */
  readonly noisy: boolean;
  /** What observed trials are compared by: their values as the model sees them, or with noise the posterior means there. */
  readonly standing: Float64Array;
  /** Whether all constraints hold, for each observed trial. */
  readonly feasible: readonly boolean[];
  readonly state: ChoiceState;
  /** Of the evidence, in this call. */
  readonly evaluations: number;
};

/** null where no matrix can be factorised. @param extra rows that will be imagined. */
export function fitSurrogate(
  features: Features,
  trials: Trials,
  constraints: number,
  allowed: Choices,
  state: SurrogateState,
  extra: number,
  key: Key,
  cache: SurrogateCache,
): Surrogate | null {
  const { observed, fidelity } = trials;
  if (fidelity !== state.fidelity) for (const one of [state.objective, ...Object.values(state.feasibility)]) expire(one);
  state.fidelity = fidelity;
  const units = observed.map(({ unit }) => unit);
  const x = coordinatesOf(features, units);
  const y = Float64Array.from(observed, ({ value }) => value);
  const variance = observed.some((one) => one.variance !== null) ? Float64Array.from(observed, (one) => one.variance ?? 0) : null;
  const values = { x, y, variance };
  const evaluations = choose(
    features,
    values,
    disagree(values, features.size) ? { ...allowed, noises: ["learned"] } : allowed,
    state.objective,
    derive(key, "objective"),
    cache.objective.evidences,
  );
  const chosen = state.objective.choice;
  const warp = outputWarps(y).find(({ name }) => name === chosen?.warp);
  if (warp === undefined) return null;
  const standardised = standardise(warp, y, variance);
  const ensemble = settle(features, x, standardised, state.objective, extra, cache.objective);
  if (ensemble === null) return null;
  const noisy = chosen!.noise === "learned" || variance !== null;
  return {
    features,
    units,
    x,
    noisy,
    standing: noisy ? meansAt(features, ensemble, x, y.length) : standardised.z,
    standardised,
    ensemble,
    conditions: conditionsOf(features, trials, constraints, state.feasibility, extra, derive(key, "feasibility"), cache.feasibility),
    feasible: observed.map((one) => one.constraints.every((value) => value <= 0)),
    state: state.objective,
    evaluations,
  };
}

/** Posterior means of the warped, standardised objective at m points, averaged over the ensemble; x row-major m x features.size. */
function meansAt(features: Features, { processes }: Ensemble, x: Float64Array, m: number): Float64Array {
  const mean = new Float64Array(m);
  const one = new Float64Array(queries);
  for (const process of processes) {
    inBatches(features, x, m, (z, count, start) => {
      process.predict({ z, m: count }, { mean: one });
      for (let j = 0; j < count; j += 1) mean[start + j] = mean[start + j]! + one[j]! / processes.length;
    });
  }
  return mean;
}

/** Mean and variance at m points of the mixture that the ensemble is. */
function momentsAt(features: Features, { processes }: Ensemble, x: Float64Array, m: number): readonly [Float64Array, Float64Array] {
  const means = processes.map(() => new Float64Array(m));
  const variance = new Float64Array(m);
  const spread = new Float64Array(queries);
  processes.forEach((process, index) => {
    inBatches(features, x, m, (z, count, start) => {
      process.predict({ z, m: count }, { mean: means[index]!.subarray(start, start + count), variance: spread });
      for (let j = 0; j < count; j += 1) variance[start + j] = variance[start + j]! + spread[j]! / processes.length;
    });
  });
  const mean = new Float64Array(m);
  for (const one of means) for (let j = 0; j < m; j += 1) mean[j] = mean[j]! + one[j]! / processes.length;
  for (const one of means)
    for (let j = 0; j < m; j += 1) variance[j] = variance[j]! + ((one[j]! - mean[j]!) * (one[j]! - mean[j]!)) / processes.length;
  return [mean, variance];
}

function inBatches({ size }: Features, x: Float64Array, m: number, take: (z: Float64Array, count: number, start: number) => void): void {
  for (let start = 0; start < m; start += queries) {
    const count = Math.min(queries, m - start);
    take(x.subarray(start * size, (start + count) * size), count, start);
  }
}

/** In the units of the objective (less is better), from what has been measured alone: imagined points are forgotten. */
export function predictAt(surrogate: Surrogate, units: readonly Float64Array[]): Prediction {
  for (const process of surrogate.ensemble.processes) process.forget();
  const { warp, mean: centre, sd } = surrogate.standardised;
  const [mean, variance] = momentsAt(surrogate.features, surrogate.ensemble, coordinatesOf(surrogate.features, units), units.length);
  const pairs = units.map((_, j) => unwarp(warp, centre + sd * mean[j]!, sd * Math.sqrt(variance[j]!)));
  return { mean: pairs.map((pair) => pair.mean), sd: pairs.map((pair) => pair.sd) };
}

/** Values of another fidelity are other values: they are fitted anew, from where the last fit ended. */
function expire(state: ChoiceState): void {
  state.fitted = 0;
  state.compared = 0;
}

/** Whether one point has two values: then values cannot be exact. */
function disagree({ x, y }: { readonly x: Float64Array; readonly y: Float64Array }, d: number): boolean {
  const known = new Map<string, number>();
  for (let row = 0; row < y.length; row += 1) {
    const name = x.subarray(row * d, row * d + d).join();
    const before = known.get(name);
    if (before !== undefined && before !== y[row]!) return true;
    known.set(name, y[row]!);
  }
  return false;
}
