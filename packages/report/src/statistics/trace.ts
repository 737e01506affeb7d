/**
 * When a run gets better. A trace is a right-continuous step function: `values[i]` is the best value from the position `at[i]` on, until
 * the next entry. It uses nothing that happens later.
 */
import type { RunResult, StrategyCard } from "../results.ts";
import { affordableFrom } from "./curve.ts";

export type Trace = {
  /** Counted evaluations or full trainings, ascending. */
  readonly at: readonly number[];
  /** Descending. */
  readonly values: readonly number[];
  /** What the run spent in the same units, the budget at most. */
  readonly end: number;
};

/**
 * The trace of the values by which the run is judged. Where resource is counted, a value counts from the position on that also pays for
 * the full training of its configuration.
 *
 * @param budget counted evaluations or full trainings
 */
export function traceOf({ evaluationsPerStep }: StrategyCard, run: RunResult, budget: number): Trace {
  const judged = run.recommended ?? run.values;
  const positions =
    run.training === undefined
      ? judged.map((_, index) => Math.ceil((index + 1) / evaluationsPerStep))
      : affordableFrom(run.training).map((spent) => spent / evaluationsPerStep);
  const at: number[] = [];
  const values: number[] = [];
  judged.forEach((value, index) => {
    if (value === null || !(value < (values.at(-1) ?? Infinity)) || positions[index]! > budget) return;
    if (at.at(-1) === positions[index]) values.pop();
    else at.push(positions[index]!);
    values.push(value);
  });
  const spent = (run.training?.spent ?? run.values.length) / evaluationsPerStep;
  return { at, values, end: Math.min(budget, spent) };
}

/** The first position at which the trace is at or below the target; Infinity if it never is. */
export function firstHit({ at, values }: Trace, target: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= target) high = middle;
    else low = middle + 1;
  }
  return low === values.length ? Infinity : at[low]!;
}
