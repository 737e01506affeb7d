/**
 * Schwefel's function 2.26: the best valley is far from the second best, near a corner. H.-P. Schwefel, *Numerical Optimization of Computer
 * Models* (1981).
 *
 * The minimum is zero only with the exact constant, 418.9828872724337 per coordinate. With the usual 418.9829, it is 1.27e-5 per
 * coordinate. Outside the box -x sin(sqrt |x|) falls further, so the minimum holds only inside the box.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Schwefel's function 2.26 on [-500, 500]^dimension. Its minimum is 0 where every coordinate is 420.9687.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function schwefel(dimension: number): TestFunction {
  checkDimension("schwefel", dimension, 1);
  return {
    id: `schwefel-d${dimension}`,
    title: `Schwefel 2.26 in ${dimension} dimensions`,
    bounds: cube(-500, 500, dimension),
    evaluate,
    // Roundings of the square root, the sine, the product and the constant, each up to 7e-14 where x sin(sqrt x) is 419.
    optimum: { value: 0, tolerance: 3e-13 * dimension },
    minimisers: [everywhere(420.96874635998205, dimension)],
    minimisersComplete: true,
    domain: "box",
    tags: ["multimodal", "separable", "deceptive"],
    source: "Schwefel 1981",
  };
}

function evaluate(x: Float64Array): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) {
    const v = x[k]!;
    total += 418.9828872724337 - v * sin(Math.sqrt(Math.abs(v)));
  }
  return total;
}
