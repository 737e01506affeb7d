/**
 * The function of Styblinski and Tang: a sum of quartics with two wells each. M. A. Styblinski and T.-S. Tang, "Experiments in nonconvex
 * optimization: stochastic approximation with function smoothing and simulated annealing" (1990).
 *
 * The function is separable, so its minimum is D times that of (x^4 - 16 x^2 + 5 x) / 2. The minimiser of the latter is the lowest root of
 * 4 x^3 - 32 x + 5.
 */
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * The function of Styblinski and Tang on [-5, 5]^dimension. Its minimum is -39.1662 dimension where every coordinate is -2.9035.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function styblinskiTang(dimension: number): TestFunction {
  checkDimension("styblinski-tang", dimension, 1);
  return {
    id: `styblinski-tang-d${dimension}`,
    title: `Styblinski-Tang in ${dimension} dimensions`,
    bounds: cube(-5, 5, dimension),
    evaluate,
    // D terms of about 80, each rounded a few times, then D roundings of the sum.
    optimum: { value: -39.16616570377141 * dimension, tolerance: 1e-14 * dimension * (dimension + 8) },
    minimisers: [everywhere(-2.903534027771177, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "separable"],
    source: "Styblinski & Tang 1990",
  };
}

function evaluate(x: Float64Array): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) {
    const v = x[k]!;
    const square = v * v;
    total += square * square - 16 * square + 5 * v;
  }
  return total / 2;
}
