/**
 * Trid: a convex quadratic whose Hessian is tridiagonal (collected by A. Neumaier and by A.-R. Hedar). The gradient
 * 2 (x_i - 1) - x_(i-1) - x_(i+1) vanishes at x_i = i (D + 1 - i), and the value there is -D (D + 4) (D - 1) / 6.
 */
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube } from "./dimension.ts";

/**
 * Trid on [-dimension^2, dimension^2]^dimension. Its minimum is -dimension (dimension + 4) (dimension - 1) / 6.
 *
 * @param dimension a whole number from 2 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function trid(dimension: number): TestFunction {
  checkDimension("trid", dimension, 2);
  const minimiser = Array.from({ length: dimension }, (_, k) => (k + 1) * (dimension - k));
  const squares = minimiser.reduce((sum, v) => sum + v * v, 0);
  return {
    id: `trid-d${dimension}`,
    title: `Trid in ${dimension} dimensions`,
    bounds: cube(-dimension * dimension, dimension * dimension, dimension),
    evaluate,
    // Two sums of the size of `squares` nearly cancel, each rounded once a coordinate (unit 2^-53).
    optimum: { value: (-dimension * (dimension + 4) * (dimension - 1)) / 6, tolerance: 2.3e-16 * dimension * squares },
    minimisers: [minimiser],
    minimisersComplete: true,
    domain: "reals",
    tags: ["unimodal", "ill-conditioned"],
    source: "Neumaier; Hedar",
  };
}

function evaluate(x: Float64Array): number {
  let total = (x[0]! - 1) * (x[0]! - 1);
  for (let k = 1; k < x.length; k++) {
    const v = x[k]!;
    total += (v - 1) * (v - 1) - v * x[k - 1]!;
  }
  return total;
}
