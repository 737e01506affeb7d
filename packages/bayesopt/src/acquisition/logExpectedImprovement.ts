/**
 * The logarithm of the expected improvement, log E max(0, f* - f(x)) = log sigma + log h((f* - mean) / sigma): S. Ament et al., Unexpected
 * improvements to expected improvement for Bayesian optimization, NeurIPS 2023, equation (8). It ranks points as expected improvement does.
 * Where expected improvement underflows to 0, its logarithm still has a slope.
 */

import { log } from "@caviar-hpo/numerics";
import { type Improvement, writeImprovement } from "./improvement.ts";
import { standardised } from "./standardised.ts";
import { type Utility, type UtilityFunction, write } from "./utility.ts";

export type { Utility, UtilityFunction };

/**
 * @param incumbent f*, the value to improve upon. For -Infinity, every point is worth -Infinity. For Infinity (there is no value to compare
 * with yet), every point is worth the greatest double. At variance 0 the improvement is certain, so a point is worth log(f* - mean), or
 * -Infinity if it does not improve.
 */
export function logExpectedImprovement(incumbent: number): UtilityFunction {
  return (mean, variance, out) => writeLogExpectedImprovement(incumbent, mean, variance, out);
}

/** The same with the incumbent as an argument, for averages over many incumbents. */
export function writeLogExpectedImprovement(incumbent: number, mean: number, variance: number, out: Utility): void {
  const u = standardised(incumbent, mean, variance);
  if (u === -Infinity) {
    write(out, -Infinity, 0, 0);
  } else if (u > certain) {
    write(out, logDifference(incumbent, mean), -1 / (incumbent - mean), 0);
  } else {
    const sigma = Math.sqrt(variance);
    writeImprovement(u, scratch);
    write(out, 0.5 * log(variance) + scratch.log, -scratch.slope / sigma, (0.5 * scratch.spread) / variance);
  }
}

/** log(a - b) for a > b, also where the difference overflows. */
function logDifference(a: number, b: number): number {
  const difference = a - b;
  if (difference < Infinity || a === Infinity || b === -Infinity) return log(difference);
  return log(0.5 * a - 0.5 * b) + Math.LN2;
}

const scratch: Improvement = { log: 0, slope: 0, spread: 0 };
/** Above it phi(u) underflows, and h(u) is u to the last bit. */
const certain = 40;
