/**
 * Powell's singular function: the Hessian has no inverse at the minimum. M. J. D. Powell, "An iterative method for finding stationary
 * values of a function of several variables" (1962), repeated over groups of four coordinates.
 */
import { limits } from "@caviar-hpo/core";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Powell's singular function on [-4, 5]^dimension. Its minimum is 0 at the origin.
 *
 * @param dimension a multiple of 4, from 4 to `limits.params`.
 * @throws ConfigError if it is not.
 */
export function powell(dimension: number): TestFunction {
  checkDimension("powell", dimension, 4, limits.params, 4);
  return {
    id: `powell-d${dimension}`,
    title: `Powell's singular function in ${dimension} dimensions`,
    bounds: cube(-4, 5, dimension),
    evaluate,
    optimum: { value: 0, tolerance: 0 },
    minimisers: [everywhere(0, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["unimodal", "ill-conditioned"],
    source: "Powell 1962",
  };
}

function evaluate(x: Float64Array): number {
  let total = 0;
  for (let k = 0; k < x.length; k += 4) {
    const first = x[k]! + 10 * x[k + 1]!;
    const second = x[k + 2]! - x[k + 3]!;
    const third = x[k + 1]! - 2 * x[k + 2]!;
    const fourth = x[k]! - x[k + 3]!;
    total += first * first + 5 * second * second + third * third * third * third + 10 * fourth * fourth * fourth * fourth;
  }
  return total;
}
