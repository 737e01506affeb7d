/** What the optimiser remembers from ask to ask, as plain data. */
import type { Key, TrialId } from "@caviar-hpo/core";
import { newProgress, type SearchProgress } from "./progress.ts";
import { newChoiceState } from "./surrogate/choiceState.ts";
import type { ProblemModelState } from "./surrogate/problemModel.ts";
import type { Started } from "./trials.ts";

/** `index` counts suggestions; `started` are those that are not in the history yet; `lost` failed with their worker. */
export type BayesoptState = ProblemModelState & {
  readonly key: Key;
  index: number;
  started: readonly Started[];
  lost: readonly TrialId[];
  readonly progress: SearchProgress;
};

export function newBayesoptState(key: Key): BayesoptState {
  return {
    key,
    index: 0,
    started: [],
    lost: [],
    objective: newChoiceState(),
    feasibility: {},
    fidelity: null,
    progress: newProgress(),
  };
}
