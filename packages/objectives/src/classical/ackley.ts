/**
 * Ackley's function: a cone-shaped hole in a rippled plain. D. H. Ackley, *A Connectionist Machine for Genetic Hillclimbing* (1987),
 * with a = 20, b = .2, c = 2 pi.
 *
 * f = 20 (1 - exp(-.2 r)) + (e - exp(mean cos 2 pi x)), r the root mean square. Both differences are taken with expm1, so that the
 * value near the hole keeps its relative accuracy and is never negative; the hole has a kink.
 */
import { cos, expm1 } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Ackley's function on [-32.768, 32.768]^dimension. Its minimum is 0 at the origin.
 *
 * @param dimension a whole number from 1 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function ackley(dimension: number): TestFunction {
  checkDimension("ackley", dimension, 1);
  return {
    id: `ackley-d${dimension}`,
    title: `Ackley in ${dimension} dimensions`,
    bounds: cube(-32.768, 32.768, dimension),
    evaluate,
    optimum: { value: 0, tolerance: 0 },
    minimisers: [everywhere(0, dimension)],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "non-smooth", "centred optimum"],
    source: "Ackley 1987",
  };
}

function evaluate(x: Float64Array): number {
  let squares = 0;
  let ripple = 0;
  for (let k = 0; k < x.length; k++) {
    const v = x[k]!;
    squares += v * v;
    ripple += cos(2 * Math.PI * v) - 1;
  }
  const r = Math.sqrt(squares / x.length);
  return -20 * expm1(-0.2 * r) - Math.E * expm1(ripple / x.length);
}
