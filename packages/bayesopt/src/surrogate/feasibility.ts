/**
 * Where trials succeed: a Gaussian process for each constraint, and one for failure itself (+1 where a trial failed, -1 where it did not), as soon
 * as there is anything to learn. A point is feasible where all of them are at most their threshold (Gardner et al., ICML 2014, eq. 6).
 */
import { derive, type Key } from "@caviar-hpo/core";
import type { Features } from "../features.ts";
import type { Process } from "../process/process.ts";
import type { Trials } from "../trials.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { type ChoiceState, choose, newChoiceState, standardise } from "./choice.ts";
import { type EnsembleCache, newEnsembleCache, settle } from "./ensemble.ts";

/** Feasible where the process is at most `threshold`. */
export type Condition = { readonly process: Process; readonly threshold: number };

/** By name: `failure`, and a number for each constraint. */
export type FeasibilityState = { [outcome: string]: ChoiceState };
export type FeasibilityCache = Map<string, EnsembleCache>;

const choices = { families: ["matern52"], warps: ["identity"], noises: ["learned"], inputs: ["none"] } as const;

/** @param extra rows that will be imagined. */
export function conditionsOf(
  features: Features,
  { observed, failed }: Trials,
  constraints: number,
  state: FeasibilityState,
  extra: number,
  key: Key,
  cache: FeasibilityCache,
): readonly Condition[] {
  const outcomes: { readonly name: string; readonly units: readonly Float64Array[]; readonly y: Float64Array }[] = [];
  const units = observed.map(({ unit }) => unit);
  if (failed.length > 0 && observed.length > 0) {
    const labels = Float64Array.from({ length: units.length + failed.length }, (_, i) => (i < units.length ? -1 : 1));
    outcomes.push({ name: "failure", units: [...units, ...failed], y: labels });
  }
  for (let index = 0; index < constraints && observed.length > 1; index += 1)
    outcomes.push({ name: String(index), units, y: Float64Array.from(observed, (one) => one.constraints[index]!) });

  return outcomes.flatMap(({ name, units: points, y }): Condition[] => {
    const own = state[name] ?? newChoiceState();
    state[name] = own;
    const memory = cache.get(name) ?? newEnsembleCache();
    cache.set(name, memory);
    const x = coordinatesOf(features, points);
    choose(features, { x, y, variance: null }, choices, own, derive(key, name), memory.evidences);
    const identity = outputWarps(y).find((warp) => warp.name === "identity")!;
    const standardised = standardise(identity, y, null);
    const ensemble = settle(features, x, standardised, own, extra, memory);
    const zero = identity.forward(Float64Array.of(0))[0]!;
    return ensemble === null ? [] : [{ process: ensemble.processes[0]!, threshold: (zero - standardised.mean) / standardised.sd }];
  });
}

/** Row-major, a point a row. */
export function coordinatesOf(features: Features, units: readonly Float64Array[]): Float64Array {
  const x = new Float64Array(units.length * features.size);
  units.forEach((unit, row) => {
    features.write(unit, x, row * features.size);
  });
  return x;
}
