/** What the optimiser remembers from ask to ask, as plain data. */
import type { Key, TrialId } from "@caviar-hpo/core";
import { newProgress, type SearchProgress } from "./progress.ts";
import { newChoiceState } from "./surrogate/choiceState.ts";
import { newFeasibilityState } from "./surrogate/feasibility.ts";
import type { ProblemModelState } from "./surrogate/problemModel.ts";

/** `index` counts suggestions; `lost` are trials that failed with their worker. */
export type BayesoptState = ProblemModelState & {
  readonly key: Key;
  index: number;
  lost: readonly TrialId[];
  readonly progress: SearchProgress;
};

export function newBayesoptState(key: Key): BayesoptState {
  return {
    key,
    index: 0,
    lost: [],
    objective: newChoiceState(),
    cautious: newChoiceState(),
    feasibility: newFeasibilityState(),
    fidelity: null,
    progress: newProgress(),
  };
}
