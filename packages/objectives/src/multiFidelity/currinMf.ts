/**
 * Currin's exponential function, negated, because it was published for maximisation: C. Currin, T. Mitchell, M. Morris and D. Ylvisaker, "A
 * Bayesian approach to the design and analysis of computer experiments" (1988). The cheap version, the mean of four points around x, is
 * that of S. Xiong, P. Z. G. Qian and C. F. J. Wu, "Sequential design and analysis of high-accuracy and low-accuracy computer codes"
 * (2013).
 *
 * The first factor is at most 1. This is its limit as x_2 falls to 0, and the code uses it as the value there. The second factor is
 * greatest at x_1 = 13/60. So the minimum is attained at (13/60, 0).
 */
import { exp } from "@caviar-hpo/numerics";
import { cube } from "../classical/dimension.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { twoLevels } from "./twoLevels.ts";

/** Currin's function on [0, 1]^2, negated. Level 1 is the cheap version, level 2 the exact one. The minimum is -13.7987. */
export function currinMf(): MultiFidelityFunction {
  return twoLevels({
    id: "currin-mf",
    title: "Currin's exponential function of two fidelities",
    bounds: cube(0, 1, 2),
    low: (x) => -lowAt(x[0]!, x[1]!),
    high: (x) => -highAt(x[0]!, x[1]!),
    ratio: 10,
    optimum: { value: -13.798722044728434, tolerance: 1e-13 },
    minimisers: [[13 / 60, 0]],
    minimisersComplete: true,
    source: "Currin, Mitchell, Morris & Ylvisaker 1988; Xiong, Qian & Wu 2013",
  });
}

function highAt(x1: number, x2: number): number {
  const numerator = 2300 * x1 * x1 * x1 + 1900 * x1 * x1 + 2092 * x1 + 60;
  const denominator = 100 * x1 * x1 * x1 + 500 * x1 * x1 + 4 * x1 + 20;
  return ((1 - exp(-1 / (2 * x2))) * numerator) / denominator;
}

/** The lower two of the four points stop at the edge of the box; the left two do not. */
function lowAt(x1: number, x2: number): number {
  const below = Math.max(0, x2 - 0.05);
  return (highAt(x1 + 0.05, x2 + 0.05) + highAt(x1 + 0.05, below) + highAt(x1 - 0.05, x2 + 0.05) + highAt(x1 - 0.05, below)) / 4;
}
