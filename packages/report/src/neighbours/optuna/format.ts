/** The numbers of Optuna's journal format (optuna/storages/journal/_storage.py, optuna/trial/_state.py). */
import type { TrialStatus } from "@caviar-hpo/core";

export const operation = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyUserAttribute: 2,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setTrialParameter: 5,
  setTrialStateValues: 6,
  setTrialIntermediateValue: 7,
  setTrialUserAttribute: 8,
  setTrialSystemAttribute: 9,
  discardTrials: 10,
} as const;

export const state = { running: 0, complete: 1, pruned: 2, fail: 3, waiting: 4 } as const;

/** What a state says about a trial of Caviar. A trial that waits has not begun. */
export const impliedStatus: readonly (TrialStatus | null)[] = ["running", "finished", "stopped", "failed", null];

/** The user attributes that Caviar writes begin with this. */
export const ownPrefix = "caviar:";
