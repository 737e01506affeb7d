/**
 * How much a strategy spends until it is as good as a target, and stays so: where at least half of its runs are at or below the target from
 * there to the end of the budget. A run's recommendation may get worse again, when a trial takes the lead that has gone further but is not
 * as good; what is lost again does not count as reached.
 */
import { tieTolerance } from "./ranks.ts";

/**
 * @param curves log regrets, one a run, with an entry for each of `positions`
 * @param drawn the runs that count, some perhaps more than once
 * @param target Infinity for one that no strategy can reach, since there is nothing to be as good as
 * @returns the first such position; Infinity where half of the runs are not there at the end
 */
export function timeToTarget(curves: readonly Float64Array[], drawn: Int32Array, target: number, positions: readonly number[]): number {
  if (target === Infinity) return target;
  let entry = positions.length;
  while (entry > 0 && 2 * countAtMost(curves, drawn, target + tieTolerance, entry - 1) >= drawn.length) entry--;
  return entry === positions.length ? Infinity : positions[entry]!;
}

function countAtMost(curves: readonly Float64Array[], drawn: Int32Array, bound: number, entry: number): number {
  let count = 0;
  for (let place = 0; place < drawn.length; place++) if (curves[drawn[place]!]![entry]! <= bound) count++;
  return count;
}
