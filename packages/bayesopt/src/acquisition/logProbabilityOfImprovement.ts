/**
 * The logarithm of the probability of improvement, log P(f(x) < f*) = log Phi((f* - mean) / sigma): H. J. Kushner, A new method of locating
 * the maximum point of an arbitrary multipeak curve in the presence of noise, Journal of Basic Engineering 86 (1964), in logarithms.
 */

import { logNormalCdf, normalHazard } from "@caviar-hpo/numerics";
import { standardised } from "./standardised.ts";
import { type Utility, type UtilityFunction, write } from "./utility.ts";

/**
 * @param incumbent f*, the value to improve upon. To demand a margin, subtract it from f*. For -Infinity, every point is worth -Infinity.
 * For Infinity, every point is worth 0. At variance 0 an improvement is certain (worth 0) or impossible (worth -Infinity). It is impossible
 * if mean = f*.
 */
export function logProbabilityOfImprovement(incumbent: number): UtilityFunction {
  return (mean, variance, out) => writeLogProbabilityBelow(incumbent, mean, variance, out);
}

/** log P(f(x) < threshold) for f(x) of that mean and variance. */
export function writeLogProbabilityBelow(threshold: number, mean: number, variance: number, out: Utility): void {
  const u = standardised(threshold, mean, variance);
  if (u === -Infinity) {
    write(out, -Infinity, 0, 0);
  } else if (u > certain) {
    write(out, 0, 0, 0);
  } else {
    const sigma = Math.sqrt(variance);
    const hazard = normalHazard(u);
    write(out, logNormalCdf(u), -hazard / sigma, (-0.5 * u * hazard) / sigma / sigma);
  }
}

/** Above it phi(u) underflows, and Phi(u) is 1. */
const certain = 40;
