/** All that the optimiser models of a problem: the objective, and where trials succeed. */
import { derive } from "@caviar-hpo/core";
import { coordinatesOf, type Features } from "../features.ts";
import type { Data } from "../model/data.ts";
import { meansAt } from "../model/ensemble.ts";
import { replicatesDiffer } from "../model/replicates.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { type ChoiceState, expire } from "./choiceState.ts";
import { choose } from "./choose.ts";
import {
  type Condition,
  type Conditions,
  conditionsOf,
  expireFeasibility,
  type FeasibilityCache,
  type FeasibilityState,
  newFeasibilityCache,
} from "./feasibility.ts";
import { cautiously, type ModelChoice, type ModelChoices } from "./modelChoice.ts";
import { type Ensemble, newOutcomeCache, type OutcomeCache, settleModes } from "./processPool.ts";
import { type WarpedValues, warpValues } from "./warpedValues.ts";

/** `cautious`: of the objective's cautious model; `fidelity`: of the values at the last fit. */
export type ProblemModelState = {
  readonly objective: ChoiceState;
  readonly cautious: ChoiceState;
  readonly feasibility: FeasibilityState;
  fidelity: number | null;
};

export type ProblemModelCache = {
  readonly objective: OutcomeCache;
  readonly cautious: OutcomeCache;
  readonly feasibility: FeasibilityCache;
};
export const newProblemModelCache = (): ProblemModelCache => ({
  objective: newOutcomeCache(),
  cautious: newOutcomeCache(),
  feasibility: newFeasibilityCache(),
});

export type ProblemModel = {
  readonly features: Features;
  /** The points of the observed trials in the unit cube. */
  readonly units: readonly Float64Array[];
  readonly choice: ModelChoice;
  readonly values: WarpedValues;
  readonly ensemble: Ensemble;
  readonly conditions: readonly Condition[];
  /** Whether values are not exact: their noise is learned, or known. */
  readonly noisy: boolean;
  /** What observed trials are compared by: their values as the model sees them, or with noise the posterior means there. */
  readonly standing: Float64Array;
  /** Whether all constraints hold, for each observed trial. */
  readonly feasible: readonly boolean[];
  /** Evaluations of the marginal likelihood in this call. */
  readonly evaluations: number;
};

/** `model`: which of the two models of the objective. */
export type ProblemFit = Conditions & { readonly allowed: ModelChoices; readonly model: "objective" | "cautious" };

/** null where no matrix can be factorised. */
export function fitProblemModel(problem: ProblemFit, state: ProblemModelState, cache: ProblemModelCache): ProblemModel | null {
  const { features, trials, extra, key, model } = problem;
  const { observed, fidelity } = trials;
  // Values of another fidelity are other values.
  if (fidelity !== state.fidelity) {
    expire(state.objective);
    expire(state.cautious);
    expireFeasibility(state.feasibility);
  }
  state.fidelity = fidelity;
  const units = observed.map(({ unit }) => unit);
  const data: Data = {
    x: coordinatesOf(features, units),
    y: Float64Array.from(observed, ({ value }) => value),
    d: features.size,
    variance: observed.some((one) => one.variance !== null) ? Float64Array.from(observed, (one) => one.variance ?? 0) : null,
  };
  const choices = model === "cautious" ? cautiously(problem.allowed) : problem.allowed;
  const allowed = replicatesDiffer(data) ? ({ ...choices, noises: ["learned"] } as const) : choices;
  const evaluations = choose({ features, data, allowed, key: derive(key, "objective") }, state[model], cache[model].likelihoods);
  const chosen = state[model].choice;
  const [warp] = chosen === null ? [] : outputWarps(data.y, [chosen.warp]);
  if (warp === undefined) return null;
  const values = warpValues(warp, data.y, data.variance);
  const warped = { ...data, y: values.z, variance: values.variance };
  const ensemble = settleModes({ features, data: warped, extra }, state[model], cache[model]);
  if (ensemble === null) return null;
  const noisy = chosen!.noise === "learned" || data.variance !== null;
  return {
    features,
    units,
    choice: chosen!,
    values,
    ensemble,
    noisy,
    standing: noisy ? meansAt(ensemble.processes, { data: data.x, n: units.length, d: data.d }) : values.z,
    conditions: conditionsOf({ ...problem, key: derive(key, "feasibility") }, state.feasibility, cache.feasibility),
    feasible: observed.map((one) => one.constraints.every((value) => value <= 0)),
    evaluations,
  };
}
