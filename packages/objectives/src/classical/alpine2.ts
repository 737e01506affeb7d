/**
 * Alpine 2, negated: a product of waves. M. Clerc, "The swarm and the queen" (1999). It was published for maximisation.
 *
 * On [0, 10] every factor sqrt(x) sin(x) is largest in magnitude at 7.917…, where it is 2.808…. So the minimum is minus the D-th power of
 * this value.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/**
 * Alpine 2, negated, on [0, 10]^dimension. Its minimum is about -2.808^dimension, where every coordinate is 7.917.
 *
 * @param dimension a whole number from 1 to 100, because the minimum grows in magnitude like 2.8^dimension.
 * @throws ConfigError if it is out of range.
 */
export function alpine2(dimension: number): TestFunction {
  checkDimension("alpine2", dimension, 1, 100);
  const optimum = everywhere(2.808131180007005, dimension).reduce((product, factor) => product * factor, -1);
  return {
    id: `alpine2-d${dimension}`,
    title: `Alpine 2 in ${dimension} dimensions (negated)`,
    bounds: cube(0, 10, dimension),
    evaluate,
    // Each factor is rounded four times, to half a unit of 2^-52 at most.
    optimum: { value: optimum, tolerance: 9e-16 * dimension * -optimum },
    minimisers: [everywhere(7.917052684666207, dimension)],
    minimisersComplete: true,
    domain: "box",
    tags: ["multimodal", "deceptive"],
    source: "Clerc 1999",
  };
}

function evaluate(x: Float64Array): number {
  let product = -1;
  for (let k = 0; k < x.length; k++) product *= Math.sqrt(x[k]!) * sin(x[k]!);
  return product;
}
