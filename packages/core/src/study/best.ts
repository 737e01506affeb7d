/** Which trials are best: feasible, far enough trained, not dominated. */
import type { Problem } from "../contract/problem.ts";
import type { History, Measurement, Trial } from "../contract/trial.ts";

/**
 * The trials that no other trial beats: feasible, measured at the highest fidelity that any feasible trial reached, and not dominated
 * in the objectives. With one objective: the best value's trials, the earliest first.
 */
export function bestTrials(problem: Problem, history: History): readonly Trial[] {
  const reached = history.trials.filter((trial) => trial.curve.length > 0 && trial.status !== "failed" && isFeasible(lastOf(trial)));
  const highest = reached.reduce((top, trial) => Math.max(top, lastOf(trial).fidelity), Number.NEGATIVE_INFINITY);
  const rivals = reached.filter((trial) => lastOf(trial).fidelity === highest);
  if (problem.objectives.length === 1) {
    const best = rivals.reduce((least, trial) => Math.min(least, lastOf(trial).values[0]!), Number.POSITIVE_INFINITY);
    return rivals.filter((trial) => lastOf(trial).values[0] === best);
  }
  return rivals.filter((trial) => !rivals.some((rival) => dominates(lastOf(rival).values, lastOf(trial).values)));
}

export function isFeasible(measurement: Measurement): boolean {
  return measurement.constraints.every((value) => value <= 0);
}

function dominates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, index) => value <= b[index]!) && a.some((value, index) => value < b[index]!);
}

function lastOf(trial: Trial): Measurement {
  return trial.curve[trial.curve.length - 1]!;
}
