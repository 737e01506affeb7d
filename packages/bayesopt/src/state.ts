/** What the optimiser remembers from ask to ask, as plain data. */
import type { Key, TrialId } from "@caviar-hpo/core";
import type { Outlook } from "@caviar-hpo/core/contract";
import { newProgress, type SearchProgress } from "./progress.ts";
import type { BayesoptSettings } from "./settings.ts";
import { newChoiceState } from "./surrogate/choiceState.ts";
import type { CostState } from "./surrogate/costModel.ts";
import { newFeasibilityState } from "./surrogate/feasibility.ts";
import type { ProblemModelState } from "./surrogate/problemModel.ts";

/**
 * `index` counts suggestions; `lost` are trials that failed with their worker. `outlooks` are those of the latest asks, oldest first.
 * `cost` is null while costs do not count.
 */
export type BayesoptState = ProblemModelState & {
  readonly key: Key;
  index: number;
  lost: readonly TrialId[];
  readonly progress: SearchProgress;
  outlooks: readonly Outlook[];
  readonly cost: CostState | null;
};

export function newBayesoptState(key: Key, { costPower }: Pick<BayesoptSettings, "costPower">): BayesoptState {
  return {
    key,
    index: 0,
    lost: [],
    objective: newChoiceState(),
    cautious: newChoiceState(),
    feasibility: newFeasibilityState(),
    fidelity: null,
    progress: newProgress(),
    outlooks: [],
    cost: costPower > 0 ? { choice: newChoiceState(), failed: [] } : null,
  };
}
