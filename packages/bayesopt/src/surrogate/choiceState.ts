/** What the optimiser remembers of its choice of a model, as plain data: part of the strategy's state. */
import type { ModelChoice } from "./modelChoice.ts";

export type ChoiceState = {
  choice: ModelChoice | null;
  /** Where the last fit of each choice ended, by its name. */
  warm: { [choice: string]: readonly number[] };
  /** Hyperparameters that are nearly as probable as the best, and the jitter of the last factorisation at each. */
  modes: readonly (readonly number[])[];
  jitters: number[];
  /** How many values the last fit, and the last comparison of choices, knew. */
  fitted: number;
  compared: number;
};

export const newChoiceState = (): ChoiceState => ({ choice: null, warm: {}, modes: [], jitters: [], fitted: 0, compared: 0 });

/** Lets the next ask fit and compare again, from where the last fit ended. */
export function expire(state: ChoiceState): void {
  state.fitted = 0;
  state.compared = 0;
}
