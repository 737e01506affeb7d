/** Runs one minimiser on a function to its end and keeps what was asked, for the tests of L-BFGS-B. */

import type { Bounds } from "../src/lbfgsb/box.ts";
import { lbfgsb, type Minimiser, type MinimiserOptions } from "../src/lbfgsb/lbfgsb.ts";

export type Differentiable = (x: Float64Array, g: Float64Array) => number;

export type Run = {
  readonly minimiser: Minimiser;
  readonly points: readonly (readonly number[])[];
  readonly values: readonly number[];
  readonly gradient: (x: Float64Array) => Float64Array;
};

/** `watch` hears the best value after each evaluation. */
export function minimise(
  f: Differentiable,
  start: readonly number[],
  bounds: Bounds,
  options?: MinimiserOptions,
  watch: (best: number) => void = () => undefined,
): Run {
  const minimiser = lbfgsb(Float64Array.from(start), bounds, options);
  const points: (readonly number[])[] = [];
  const values: number[] = [];
  const g = new Float64Array(start.length);
  while (minimiser.status === "running") {
    points.push([...minimiser.point]);
    const value = f(minimiser.point, g);
    values.push(value);
    minimiser.tell(value, g);
    watch(minimiser.value);
  }
  const gradient = (x: Float64Array): Float64Array => {
    const at = new Float64Array(x.length);
    f(x, at);
    return at;
  };
  return { minimiser, points, values, gradient };
}
