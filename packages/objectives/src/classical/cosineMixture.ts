/**
 * The cosine mixture, negated: L. Breiman and A. Cutler, "A deterministic algorithm for global optimization" (1993). Published as a
 * maximum of .1 D at the origin.
 */
import { cos } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

export function cosineMixture(dimension: number): TestFunction {
  checkDimension("cosine-mixture", dimension, 1);
  return {
    id: `cosine-mixture-d${dimension}`,
    title: `Cosine mixture in ${dimension} dimensions (negated)`,
    bounds: cube(-1, 1, dimension),
    evaluate,
    optimum: { value: -dimension / 10, tolerance: 1e-16 * dimension },
    minimisers: [everywhere(0, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "separable", "centred optimum"],
    source: "Breiman & Cutler 1993",
  };
}

function evaluate(x: Float64Array): number {
  let cosines = 0;
  let squares = 0;
  for (let k = 0; k < x.length; k++) {
    const v = x[k]!;
    cosines += cos(5 * Math.PI * v);
    squares += v * v;
  }
  return squares - cosines / 10;
}
