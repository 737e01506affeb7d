/**
 * Griewank's function: a wide bowl under a fine product of cosines. It becomes easier in more dimensions. A. O. Griewank, "Generalized
 * descent for global optimization" (1981).
 *
 * A product of cosines is at most 1 in magnitude, also after rounding, so the value is never negative.
 */
import { cos } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Griewank's function on [-600, 600]^dimension. Its minimum is 0 at the origin.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function griewank(dimension: number): TestFunction {
  checkDimension("griewank", dimension, 1);
  return {
    id: `griewank-d${dimension}`,
    title: `Griewank in ${dimension} dimensions`,
    bounds: cube(-600, 600, dimension),
    evaluate,
    optimum: { value: 0, tolerance: 0 },
    minimisers: [everywhere(0, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "centred optimum"],
    source: "Griewank 1981",
  };
}

function evaluate(x: Float64Array): number {
  let squares = 0;
  let product = 1;
  for (let k = 0; k < x.length; k++) {
    const v = x[k]!;
    squares += v * v;
    product *= cos(v / Math.sqrt(k + 1));
  }
  return squares / 4000 + (1 - product);
}
