/**
 * How much a strategy spends until it reaches a target and keeps it: the position from which at least half of its runs are at or below the
 * target until the end of the budget. The recommendation of a run may get worse again, when a trial that has trained further, but is not as
 * good, takes the lead. A target that is lost again does not count as reached.
 */
import { tieTolerance } from "./ranks.ts";

/**
 * @param curves log regrets, one curve per run, with one entry per entry of `positions`
 * @param drawn the runs that count; a run may be there more than once
 * @param target Infinity for a target that no strategy can reach, because the reference has no success
 * @returns the first such position; Infinity if fewer than half of the runs are at the target at the end
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
