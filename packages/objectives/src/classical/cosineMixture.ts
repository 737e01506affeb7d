/**
 * The cosine mixture, negated: L. Breiman and A. Cutler, "A deterministic algorithm for global optimization" (1993). It was published for
 * maximisation, with the maximum .1 D at the origin.
 */
import { cos } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * The cosine mixture, negated, on [-1, 1]^dimension. Its minimum is -0.1 dimension at the origin.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
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
