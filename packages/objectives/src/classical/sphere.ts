/** The sphere: the sum of squares, function 1 of K. A. De Jong's thesis (1975). */
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * The sphere on [-5.12, 5.12]^dimension. Its minimum is 0 at the origin.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function sphere(dimension: number): TestFunction {
  checkDimension("sphere", dimension, 1);
  return {
    id: `sphere-d${dimension}`,
    title: `Sphere in ${dimension} dimensions`,
    bounds: cube(-5.12, 5.12, dimension),
    evaluate,
    optimum: { value: 0, tolerance: 0 },
    minimisers: [everywhere(0, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["unimodal", "separable", "centred optimum"],
    source: "De Jong 1975",
  };
}

function evaluate(x: Float64Array): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += x[k]! * x[k]!;
  return total;
}
