/**
 * Bohachevsky's first function, a rippled bowl: I. O. Bohachevsky, M. E. Johnson and M. L. Stein, "Generalized simulated annealing
 * for function optimization" (1986). Summed as ripples 1 - cos, so that no rounding can take it below zero.
 */
import { cos } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** Bohachevsky's first function on [-100, 100]^2. Its minimum is 0 at the origin. */
export function bohachevsky(): TestFunction {
  return {
    id: "bohachevsky",
    title: "Bohachevsky 1",
    bounds: cube(-100, 100, 2),
    evaluate: (x) => {
      const a = x[0]!;
      const b = x[1]!;
      return a * a + 2 * b * b + 0.3 * (1 - cos(3 * Math.PI * a)) + 0.4 * (1 - cos(4 * Math.PI * b));
    },
    optimum: { value: 0, tolerance: 0 },
    minimisers: [[0, 0]],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "separable", "centred optimum"],
    source: "Bohachevsky, Johnson & Stein 1986",
  };
}
