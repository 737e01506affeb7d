/**
 * Rastrigin's function: a bowl with a regular lattice of local minima. L. A. Rastrigin, *Systems of Extremal Control* (1974), in D
 * dimensions after H. Mühlenbein, M. Schomisch and J. Born (1991).
 *
 * Summed as x^2 + 10 (1 - cos 2 pi x), so that no rounding can take it below zero.
 */
import { cos } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Rastrigin's function on [-5.12, 5.12]^dimension. Its minimum is 0 at the origin.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function rastrigin(dimension: number): TestFunction {
  checkDimension("rastrigin", dimension, 1);
  return {
    id: `rastrigin-d${dimension}`,
    title: `Rastrigin in ${dimension} dimensions`,
    bounds: cube(-5.12, 5.12, dimension),
    evaluate,
    optimum: { value: 0, tolerance: 0 },
    minimisers: [everywhere(0, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "separable", "centred optimum"],
    source: "Rastrigin 1974; Mühlenbein, Schomisch & Born 1991",
  };
}

function evaluate(x: Float64Array): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) {
    const v = x[k]!;
    total += v * v + 10 * (1 - cos(2 * Math.PI * v));
  }
  return total;
}
