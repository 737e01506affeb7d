/**
 * Park's two functions, negated, because they were published for maximisation: J.-S. Park, *Tuning complex computer codes to data and
 * optimal designs* (1991). The cheap versions are those of S. Xiong, P. Z. G. Qian and C. F. J. Wu, "Sequential design and analysis of
 * high-accuracy and low-accuracy computer codes" (2013).
 *
 * The first is written as x_1 / 2 (sqrt(1 + q / x_1^2) - 1) = (sqrt(x_1^2 + q) - x_1) / 2 with q = (x_2 + x_3^2) x_4, so that it has a
 * value at x_1 = 0. As published, the first function rises along every coordinate. The second falls along x_4 and rises along the others.
 * So the extrema are corners.
 */
import { exp, sin } from "@caviar-hpo/numerics";
import { cube } from "../classical/dimension.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { twoLevels } from "./twoLevels.ts";

/** Park's first function on [0, 1]^4, negated. Level 1 is the cheap version, level 2 the exact one. The minimum is -25.5893. */
export function park1Mf(): MultiFidelityFunction {
  return twoLevels({
    id: "park1-mf",
    title: "Park's first function of two fidelities",
    bounds: cube(0, 1, 4),
    low: (x) => -((1 + sin(x[0]!) / 10) * park1At(x) - 2 * x[0]! + x[1]! * x[1]! + x[2]! * x[2]! + 0.5),
    high: (x) => -park1At(x),
    ratio: 10,
    optimum: { value: -25.589254158606547, tolerance: 1e-13 },
    minimisers: [[1, 1, 1, 1]],
    minimisersComplete: true,
    source: "Park 1991; Xiong, Qian & Wu 2013",
  });
}

/** Park's second function on [0, 1]^4, negated. Level 1 is the cheap version, level 2 the exact one. The minimum is -5.9260. */
export function park2Mf(): MultiFidelityFunction {
  return twoLevels({
    id: "park2-mf",
    title: "Park's second function of two fidelities",
    bounds: cube(0, 1, 4),
    low: (x) => -(1.2 * park2At(x) - 1),
    high: (x) => -park2At(x),
    ratio: 10,
    optimum: { value: -5.9260373992871, tolerance: 1e-14 },
    minimisers: [[1, 1, 1, 0]],
    minimisersComplete: true,
    source: "Park 1991; Xiong, Qian & Wu 2013",
  });
}

function park1At(x: Float64Array): number {
  const q = (x[1]! + x[2]! * x[2]!) * x[3]!;
  return (Math.sqrt(x[0]! * x[0]! + q) - x[0]!) / 2 + (x[0]! + 3 * x[3]!) * exp(1 + sin(x[2]!));
}

function park2At(x: Float64Array): number {
  return (2 / 3) * exp(x[0]! + x[1]!) - x[3]! * sin(x[2]!) + x[2]!;
}
