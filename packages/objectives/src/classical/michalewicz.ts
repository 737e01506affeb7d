/**
 * Michalewicz's function with m = 10: narrow channels that cross in a plain. Z. Michalewicz, *Genetic Algorithms + Data Structures =
 * Evolution Programs* (1992).
 *
 * The function is separable: coordinate i contributes -sin(x) sin(i x^2 / pi)^20. So the minimum in any dimension is a sum of
 * one-dimensional minima. `michalewiczMinima.ts` lists those of the first hundred coordinates.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube } from "./dimension.ts";
import { michalewiczMinima } from "./michalewiczMinima.ts";

/**
 * Michalewicz's function with m = 10 on [0, pi]^dimension. Its minimum is a sum of one-dimensional minima.
 *
 * @param dimension a whole number from 1 to 100.
 * @throws ConfigError if it is out of range.
 */
export function michalewicz(dimension: number): TestFunction {
  checkDimension("michalewicz", dimension, 1, michalewiczMinima.length);
  const minima = michalewiczMinima.slice(0, dimension);
  return {
    id: `michalewicz-d${dimension}`,
    title: `Michalewicz in ${dimension} dimensions`,
    bounds: cube(0, Math.PI, dimension),
    evaluate,
    optimum: { value: minima.reduce((sum, [, value]) => sum + value, 0), tolerance: 1e-14 * dimension },
    minimisers: [minima.map(([minimiser]) => minimiser)],
    minimisersComplete: true,
    domain: "box",
    tags: ["multimodal", "separable", "plateau"],
    source: "Michalewicz 1992",
  };
}

function evaluate(x: Float64Array): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) {
    const v = x[k]!;
    const s = sin(((k + 1) * v * v) / Math.PI);
    const s2 = s * s;
    const s4 = s2 * s2;
    const s8 = s4 * s4;
    total -= sin(v) * (s8 * s8 * s4);
  }
  return total;
}
