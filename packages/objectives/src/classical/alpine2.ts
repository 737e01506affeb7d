/**
 * Alpine 2, negated: a product of waves. M. Clerc, "The swarm and the queen" (1999). Published as a maximum.
 *
 * No factor sqrt(x) sin(x) is larger in magnitude on [0, 10] than its greatest value 2.808…, at 7.917…, so the minimum is minus its
 * D-th power.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";

/** `dimension` is at most 100: the optimum grows like 2.8^D. */
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
