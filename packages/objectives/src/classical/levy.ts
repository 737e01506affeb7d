/**
 * Levy's function: a bowl with ripples that vanish in no direction but at the minimum. A. V. Levy and A. Montalvo, "The tunneling
 * algorithm for the global minimization of functions" (1985), in the form of M. Laguna and R. Martí (2005).
 *
 * All terms are non-negative; they are all zero only at w = 1, that is x = 1. There the double nearest pi leaves sin(pi)^2 = 1.5e-32.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

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
