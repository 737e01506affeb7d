/**
 * The lower confidence bound of an objective that is minimised, mean - beta sigma. A low bound is good, so the utility is its negative,
 * beta sigma - mean. For maximisation it is known as the upper confidence bound: N. Srinivas, A. Krause, S. M. Kakade, M. Seeger, Gaussian
 * process optimization in the bandit setting, ICML 2010, equation (6). The beta of that paper is the square of this one.
 */

import { ConfigError } from "@caviar-hpo/core";
import { type UtilityFunction, write } from "./utility.ts";

/**
 * The negative of the lower confidence bound, as a utility.
 *
 * @param beta how many standard deviations below the mean the bound lies. At least 0, and finite. 0 only exploits; 1.8 and 2.576 are usual.
 * @throws ConfigError if beta is out of range.
 */
export function lowerConfidenceBound(beta: number): UtilityFunction {
  if (!(beta >= 0 && beta < Infinity)) {
    throw new ConfigError({
      code: "badBeta",
      what: "lowerConfidenceBound",
      expected: "a finite number of standard deviations, 0 or more",
      got: String(beta),
      remedy: "Pass 0 to exploit, or a larger number to explore.",
    });
  }
  return (mean, variance, out) => {
    const sigma = variance > 0 ? Math.sqrt(variance) : 0;
    const value = (beta === 0 ? 0 : beta * sigma) - mean;
    if (Number.isNaN(value) || Number.isNaN(variance)) write(out, -Infinity, 0, 0);
    else write(out, value, -1, sigma > 0 ? (0.5 * beta) / sigma : 0);
  };
}
