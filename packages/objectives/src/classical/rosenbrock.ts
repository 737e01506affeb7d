/**
 * Rosenbrock's function: a flat, curved valley. H. H. Rosenbrock, "An automatic method for finding the greatest or least value of a
 * function" (1960), extended to D dimensions as a sum over pairs of neighbouring coordinates. It is used on two boxes, [-5, 10]^D and
 * [-2.048, 2.048]^D.
 */
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Rosenbrock's function on [-5, 10]^dimension. Its minimum is 0 where every coordinate is 1.
 *
 * @param dimension a whole number from 2 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function rosenbrock(dimension: number): TestFunction {
  return valley("rosenbrock", dimension, -5, 10);
}

/**
 * Rosenbrock's function on the narrower box [-2.048, 2.048]^dimension of De Jong. Its minimum is 0 where every coordinate is 1.
 *
 * @param dimension a whole number from 2 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function rosenbrockNarrow(dimension: number): TestFunction {
  return valley("rosenbrock-narrow", dimension, -2.048, 2.048);
}

function valley(family: string, dimension: number, low: number, high: number): TestFunction {
  checkDimension(family, dimension, 2);
  return {
    id: `${family}-d${dimension}`,
    title: `Rosenbrock in ${dimension} dimensions on [${low}, ${high}]`,
    bounds: cube(low, high, dimension),
    evaluate,
    optimum: { value: 0, tolerance: 0 },
    minimisers: [everywhere(1, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["valley", "ill-conditioned", dimension < 4 ? "unimodal" : "multimodal"],
    source: "Rosenbrock 1960",
  };
}

function evaluate(x: Float64Array): number {
  let total = 0;
  for (let k = 0; k + 1 < x.length; k++) {
    const v = x[k]!;
    const off = x[k + 1]! - v * v;
    total += 100 * off * off + (v - 1) * (v - 1);
  }
  return total;
}
