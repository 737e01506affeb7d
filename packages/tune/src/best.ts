/** The best trials of a study, as its user sees them. */
import { bestTrials, type Study as CoreStudy, type History, type Problem, type TrialId } from "@caviar-hpo/core";

/** A best trial; `value` is `values[0]`. */
export type Best<C> = { readonly trial: TrialId; readonly config: C; readonly value: number; readonly values: readonly number[] };

export function bestOf<C>({ problem, history }: CoreStudy): readonly Best<C>[] {
  return bestIn(problem, history);
}

export function bestIn<C>(problem: Problem, history: History): readonly Best<C>[] {
  return bestTrials(problem, history).map((trial) => {
    const { values } = trial.curve.at(-1)!;
    return { trial: trial.id, config: trial.config as C, value: values[0]!, values };
  });
}
