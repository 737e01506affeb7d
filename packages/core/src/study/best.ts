/** Which trials are best: feasible, far enough trained, not dominated. */
import { compareMeasurements } from "../contract/compare.ts";
import { paretoRanks } from "../contract/pareto.ts";
import type { Problem } from "../contract/problem.ts";
import type { History, Measurement, Trial } from "../contract/trial.ts";
import { isFeasible } from "../contract/violation.ts";

/**
 * The trials that no other trial beats in the order of `compare`, but for age: feasible, measured at the highest fidelity that any feasible
 * trial reached, and not dominated in the objectives. With one objective: the best value's trials, the earliest first.
 */
export function bestTrials(problem: Problem, history: History): readonly Trial[] {
  const reached = history.trials.filter((trial) => trial.curve.length > 0 && trial.status !== "failed" && isFeasible(lastOf(trial)));
  if (problem.objectives.length === 1) return leading(reached);
  const highest = reached.reduce((top, trial) => Math.max(top, lastOf(trial).fidelity), Number.NEGATIVE_INFINITY);
  const rivals = reached.filter((trial) => lastOf(trial).fidelity === highest);
  const ranks = paretoRanks(rivals.map((trial) => lastOf(trial).values));
  return rivals.filter((_, index) => ranks[index] === 0);
}

/** Those of one objective that none comes before. */
function leading(trials: readonly Trial[]): readonly Trial[] {
  let best: Trial[] = [];
  for (const trial of trials) {
    const order = best.length === 0 ? 0 : compareMeasurements(lastOf(trial), lastOf(best[0]!));
    if (order < 0) best = [trial];
    else if (order === 0) best.push(trial);
  }
  return best;
}

function lastOf(trial: Trial): Measurement {
  return trial.curve[trial.curve.length - 1]!;
}
