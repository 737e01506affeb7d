/**
 * Several L-BFGS-B minimisers that advance together with one batched evaluation. Each has its own memory and its own line search, so it
 * visits exactly the points that it would visit alone. The function sees all minimisers that still run at once. BoTorch 0.15 and Optuna 5
 * do the same with threads and greenlets.
 */

import type { Bounds } from "./box.ts";
import { lbfgsb, type Minimiser, type MinimiserOptions } from "./lbfgsb.ts";

/**
 * Minimises from each start, and returns one result per start.
 *
 * @param evaluate gets the points of the minimisers that still run (row-major count x d, at the front of `points`). It writes the first
 * `count` entries of `values` and the first `count` rows of `gradients` (row-major count x d). `which` holds the indices of their starts.
 * The arrays are the same in every call.
 * @throws RangeError as `lbfgsb` does.
 */
export function minimiseTogether(
  starts: readonly Float64Array[],
  bounds: Bounds,
  evaluate: (points: Float64Array, count: number, values: Float64Array, gradients: Float64Array, which: Int32Array) => void,
  options: MinimiserOptions = {},
): readonly Minimiser[] {
  const minimisers = starts.map((start) => lbfgsb(start, bounds, options));
  const d = bounds.lower.length;
  const points = new Float64Array(starts.length * d);
  const values = new Float64Array(starts.length);
  const gradients = new Float64Array(starts.length * d);
  const rows = starts.map((_, index) => gradients.subarray(index * d, (index + 1) * d));
  const running = [...minimisers];
  const which = Int32Array.from(starts.keys());
  while (running.length > 0) {
    for (let index = 0; index < running.length; index++) points.set(running[index]!.point, index * d);
    evaluate(points, running.length, values, gradients, which);
    let kept = 0;
    for (let index = 0; index < running.length; index++) {
      const minimiser = running[index]!;
      minimiser.tell(values[index]!, rows[index]!);
      if (minimiser.status !== "running") continue;
      which[kept] = which[index]!;
      running[kept++] = minimiser;
    }
    running.length = kept;
  }
  return minimisers;
}
