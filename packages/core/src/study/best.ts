/** Which trials are best: feasible, trained far enough, and not dominated. */
import { compareMeasurements } from "../contract/compare.ts";
import { dominates } from "../contract/pareto.ts";
import type { Problem } from "../contract/problem.ts";
import type { History, Measurement, Trial } from "../contract/trial.ts";
import { isFeasible } from "../contract/violation.ts";
import { orientationOf } from "./orientation.ts";

/**
 * The trials that no other trial beats in the order of `compare`, apart from age. They are feasible, measured at the highest fidelity that
 * any feasible trial has reached, and not dominated in the objectives. With one objective, they are the trials with the best value, the
 * earliest first.
 *
 * The values of the history have the sign of the goals of this problem. Users pass the problem and the history of a study. Strategies pass
 * those of their context.
 */
export function bestTrials(problem: Problem, history: History): readonly Trial[] {
  const { measurement } = orientationOf(problem);
  const reached: Candidate[] = [];
  for (const trial of history.trials) {
    const last = trial.curve.at(-1);
    if (last !== undefined && trial.status !== "failed" && isFeasible(last)) reached.push({ trial, last: measurement(last) });
  }
  const best = problem.objectives.length === 1 ? leading(reached) : front(reached);
  return best.map(({ trial }) => trial);
}

/** A trial and what it measured last, less being better. */
type Candidate = { readonly trial: Trial; readonly last: Measurement };

/** Those of one objective that none comes before. */
function leading(candidates: readonly Candidate[]): readonly Candidate[] {
  let best: Candidate[] = [];
  for (const candidate of candidates) {
    const order = best.length === 0 ? 0 : compareMeasurements(candidate.last, best[0]!.last);
    if (order < 0) best = [candidate];
    else if (order === 0) best.push(candidate);
  }
  return best;
}

/** Those of several objectives that no other one of the highest fidelity dominates. */
function front(candidates: readonly Candidate[]): readonly Candidate[] {
  const highest = candidates.reduce((top, { last }) => Math.max(top, last.fidelity), -Infinity);
  const rivals = candidates.filter(({ last }) => last.fidelity === highest);
  return rivals.filter(({ last }) => !rivals.some((rival) => dominates(rival.last.values, last.values)));
}
