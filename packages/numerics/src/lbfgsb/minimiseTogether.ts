/**
 * Several L-BFGS-B minimisers advance together over one batched evaluation: each has a memory and a line search of its own, so that it goes
 * through the very points it would go through alone, while the function sees all those still running at once (as BoTorch 0.15 and Optuna 5
 * do with threads and greenlets).
 */

import type { Bounds } from "./box.ts";
import { lbfgsb, type Minimiser, type MinimiserOptions } from "./lbfgsb.ts";

/**
 * Minimises from each start, one result a start. `evaluate` gets the points of those still running (row-major count x d, at the front of
 * `points`) and fills the first `count` values and gradients (row-major count x d); `which` holds the numbers of their starts. The arrays
 * are the same at every call.
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
