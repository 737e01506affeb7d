/**
 * Zakharov's function: a bowl with one steep direction (R. Chelouah and P. Siarry, "Tabu search applied to global optimization", 2000).
 */
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Zakharov's function on [-5, 10]^dimension. Its minimum is 0 at the origin.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function zakharov(dimension: number): TestFunction {
  checkDimension("zakharov", dimension, 1);
  return {
    id: `zakharov-d${dimension}`,
    title: `Zakharov in ${dimension} dimensions`,
    bounds: cube(-5, 10, dimension),
    evaluate,
    optimum: { value: 0, tolerance: 0 },
    minimisers: [everywhere(0, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["unimodal", "ill-conditioned"],
    source: "Chelouah & Siarry 2000",
  };
}

function evaluate(x: Float64Array): number {
  let squares = 0;
  let steep = 0;
  for (let k = 0; k < x.length; k++) {
    const v = x[k]!;
    squares += v * v;
    steep += 0.5 * (k + 1) * v;
  }
  const steepSquare = steep * steep;
  return squares + steepSquare + steepSquare * steepSquare;
}
