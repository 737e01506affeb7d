/**
 * Where trials succeed: a Gaussian process for each constraint, and one for failure itself (+1 where a trial failed, -1 where it did not),
 * as soon as there is anything to learn. A point is feasible where all of them are at most their threshold (Gardner et al., ICML 2014, eq.
 * 6).
 */
import { derive, type Key } from "@caviar-hpo/core";
import { coordinatesOf, type Features } from "../features.ts";
import type { Process } from "../process/process.ts";
import type { Trials } from "../trials.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { type ChoiceState, newChoiceState } from "./choiceState.ts";
import { choose } from "./choose.ts";
import { newOutcomeCache, type OutcomeCache, settleModes } from "./processPool.ts";
import { warpValues } from "./warpedValues.ts";

/** Feasible where the process is at most `threshold`. */
export type Condition = { readonly process: Process; readonly threshold: number };

/** By name: `failure`, and a number for each constraint. */
export type FeasibilityState = { [outcome: string]: ChoiceState };
export type FeasibilityCache = Map<string, OutcomeCache>;

/** `constraints`: how many there are; `extra`: rows that will be imagined. */
export type Conditions = {
  readonly features: Features;
  readonly trials: Trials;
  readonly constraints: number;
  readonly extra: number;
  readonly key: Key;
};

export function conditionsOf(of: Conditions, state: FeasibilityState, cache: FeasibilityCache): readonly Condition[] {
  return feasibilityOutcomes(of).flatMap((outcome): readonly Condition[] => {
    const own = state[outcome.name] ?? newChoiceState();
    state[outcome.name] = own;
    const memory = cache.get(outcome.name) ?? newOutcomeCache();
    cache.set(outcome.name, memory);
    const condition = conditionOf(of, outcome, own, memory);
    return condition === null ? [] : [condition];
  });
}

/** A quantity that decides whether a point is feasible, as it was measured. */
type FeasibilityOutcome = { readonly name: string; readonly units: readonly Float64Array[]; readonly y: Float64Array };

function feasibilityOutcomes({ trials: { observed, failed }, constraints }: Conditions): readonly FeasibilityOutcome[] {
  const outcomes: FeasibilityOutcome[] = [];
  const units = observed.map(({ unit }) => unit);
  if (failed.length > 0 && observed.length > 0) {
    const labels = Float64Array.from({ length: units.length + failed.length }, (_, i) => (i < units.length ? -1 : 1));
    outcomes.push({ name: "failure", units: [...units, ...failed], y: labels });
  }
  for (let index = 0; index < constraints && observed.length > 1; index++)
    outcomes.push({ name: String(index), units, y: Float64Array.from(observed, (one) => one.constraints[index]!) });
  return outcomes;
}

/** null where no matrix can be factorised. */
function conditionOf(
  { features, extra, key }: Conditions,
  { name, units, y }: FeasibilityOutcome,
  state: ChoiceState,
  memory: OutcomeCache,
): Condition | null {
  const data = { x: coordinatesOf(features, units), y, d: features.size, variance: null };
  choose({ features, data, allowed, key: derive(key, name) }, state, memory.likelihoods);
  const identity = outputWarps(y).find((warp) => warp.name === "identity")!;
  const { z, mean, sd } = warpValues(identity, y, null);
  const ensemble = settleModes({ features, data: { ...data, y: z }, extra }, state, memory);
  const zero = identity.forward(Float64Array.of(0))[0]!;
  return ensemble === null ? null : { process: ensemble.processes[0]!, threshold: (zero - mean) / sd };
}

const allowed = { families: ["matern52"], warps: ["identity"], noises: ["learned"], inputs: ["none"] } as const;
