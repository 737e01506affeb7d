/**
 * Where trials succeed: a classifier of failed trials and of constraints that only say yes or no, and a Gaussian process for each
 * constraint that has values, as soon as there is anything to learn. A point is feasible where all of them are at most their threshold
 * (Gardner et al., ICML 2014, eq. 6).
 */
import { derive, type Key } from "@caviar-hpo/core";
import { type ClassifierCache, type ClassifierState, classify, newClassifierCache, newClassifierState } from "../classifier/classify.ts";
import { leastProbability } from "../classifier/priceOfFailure.ts";
import { coordinatesOf, type Features } from "../features.ts";
import type { Process } from "../process/process.ts";
import type { Trials } from "../trials.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { type ChoiceState, expire, newChoiceState } from "./choiceState.ts";
import { choose } from "./choose.ts";
import { newOutcomeCache, type OutcomeCache, settleModes } from "./processPool.ts";
import { warpValues } from "./warpedValues.ts";

/**
 * Feasible where the process plus normal noise of this variance is at most `threshold`. A point with a lower probability of that than
 * `least` is not worth a trial (classifier/priceOfFailure.ts). `told`: whether trials tell values, or only yes and no.
 */
export type Condition = {
  readonly process: Process;
  readonly threshold: number;
  readonly noise: number;
  readonly least: number;
  readonly told: "values" | "labels";
};

/** By name: a number for each constraint with values; in `labels` the number of a constraint that says yes or no, and `failure`. */
export type FeasibilityState = {
  readonly values: { [outcome: string]: ChoiceState };
  readonly labels: { [outcome: string]: ClassifierState };
};
export const newFeasibilityState = (): FeasibilityState => ({ values: {}, labels: {} });

export type FeasibilityCache = { readonly values: Map<string, OutcomeCache>; readonly labels: Map<string, ClassifierCache> };
export const newFeasibilityCache = (): FeasibilityCache => ({ values: new Map(), labels: new Map() });

/** Lets the next ask fit again, from where the last fits ended. */
export function expireFeasibility({ values, labels }: FeasibilityState): void {
  for (const one of Object.values(values)) expire(one);
  for (const one of Object.values(labels)) one.fitted = 0;
}

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
    const condition = outcome.labels ? labelled(of, outcome, state, cache) : measured(of, outcome, state, cache);
    return condition === null ? [] : [condition];
  });
}

/** A quantity that decides whether a point is feasible, as it was measured, or as labels: 1 where it is not, -1 where it is. */
type FeasibilityOutcome = {
  readonly name: string;
  readonly labels: boolean;
  readonly units: readonly Float64Array[];
  readonly y: Float64Array;
};

function feasibilityOutcomes({ trials: { observed, failed }, constraints }: Conditions): readonly FeasibilityOutcome[] {
  const outcomes: FeasibilityOutcome[] = [];
  const units = observed.map(({ unit }) => unit);
  if (failed.length > 0 && observed.length > 0) {
    const all = [...observed.map((one) => ({ ...one, label: -1 })), ...failed.map((one) => ({ ...one, label: 1 }))];
    all.sort((a, b) => a.trial - b.trial);
    outcomes.push({
      name: "failure",
      labels: true,
      units: all.map(({ unit }) => unit),
      y: Float64Array.from(all, ({ label }) => label),
    });
  }
  for (let index = 0; index < constraints && observed.length > 1; index++) {
    const y = Float64Array.from(observed, (one) => one.constraints[index]!);
    const labels = saysYesOrNo(y);
    outcomes.push({ name: String(index), labels, units, y: labels ? y.map((value) => (value > 0 ? 1 : -1)) : y });
  }
  return outcomes;
}

/** Whether there are at most two values, fewer than trials. Values of a quantity that is measured differ from trial to trial. */
function saysYesOrNo(y: Float64Array): boolean {
  const values = new Set(y);
  return values.size <= 2 && values.size < y.length;
}

/** null where no matrix can be factorised. */
function labelled(
  { features, extra }: Conditions,
  { name, units, y }: FeasibilityOutcome,
  { labels }: FeasibilityState,
  cache: FeasibilityCache,
): Condition | null {
  const own = labels[name] ?? newClassifierState();
  labels[name] = own;
  const memory = cache.labels.get(name) ?? newClassifierCache();
  cache.labels.set(name, memory);
  const data = { x: coordinatesOf(features, units), y, d: features.size, variance: null };
  const classifier = classify({ features, data, extra }, own, memory);
  return classifier === null ? null : { ...classifier, threshold: 0, least: leastProbability(y), told: "labels" };
}

/** null where no matrix can be factorised. */
function measured(
  { features, extra, key }: Conditions,
  { name, units, y }: FeasibilityOutcome,
  { values }: FeasibilityState,
  cache: FeasibilityCache,
): Condition | null {
  const own = values[name] ?? newChoiceState();
  values[name] = own;
  const memory = cache.values.get(name) ?? newOutcomeCache();
  cache.values.set(name, memory);
  const data = { x: coordinatesOf(features, units), y, d: features.size, variance: null };
  choose({ features, data, allowed, key: derive(key, name) }, own, memory.likelihoods);
  const identity = outputWarps(y, ["identity"])[0]!;
  const { z, mean, sd } = warpValues(identity, y, null);
  const ensemble = settleModes({ features, data: { ...data, y: z }, extra }, own, memory);
  const zero = identity.forward(Float64Array.of(0))[0]!;
  return ensemble === null ? null : { process: ensemble.processes[0]!, threshold: (zero - mean) / sd, noise: 0, least: 0, told: "values" };
}

const allowed = { families: ["matern52"], warps: ["identity"], noises: ["learned"], inputs: ["none"] } as const;
