/**
 * Levy's function: a bowl with ripples. A. V. Levy and A. Montalvo, "The tunneling algorithm for the global minimization of functions"
 * (1985), in the form of M. Laguna and R. Martí (2005).
 *
 * No term is negative. All terms are 0 only at w = 1, that is, at x = 1. There sin(pi)^2 is 1.5e-32, because pi is rounded to a double.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Levy's function on [-10, 10]^dimension. Its minimum is 0 where every coordinate is 1.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function levy(dimension: number): TestFunction {
  checkDimension("levy", dimension, 1);
  return {
    id: `levy-d${dimension}`,
    title: `Levy in ${dimension} dimensions`,
    bounds: cube(-10, 10, dimension),
    evaluate,
    optimum: { value: 0, tolerance: 1e-31 },
    minimisers: [everywhere(1, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal"],
    source: "Levy & Montalvo 1985; Laguna & Martí 2005",
  };
}

function evaluate(x: Float64Array): number {
  const last = x.length - 1;
  const first = sin(Math.PI * w(x[0]!));
  let total = first * first;
  for (let k = 0; k < last; k++) {
    const wk = w(x[k]!);
    const ripple = sin(Math.PI * wk + 1);
    total += (wk - 1) * (wk - 1) * (1 + 10 * ripple * ripple);
  }
  const wd = w(x[last]!);
  const ripple = sin(2 * Math.PI * wd);
  return total + (wd - 1) * (wd - 1) * (1 + ripple * ripple);
}

function w(v: number): number {
  return 1 + (v - 1) / 4;
}
