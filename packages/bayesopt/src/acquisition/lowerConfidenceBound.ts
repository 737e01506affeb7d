/**
 * The lower confidence bound of the objective, mean - beta sigma, the better the less: as a utility beta sigma - mean. In maximisation it
 * is known as the upper confidence bound: N. Srinivas, A. Krause, S. M. Kakade, M. Seeger, Gaussian process optimization in the bandit
 * setting, ICML 2010, equation (6), whose beta is the square of this one.
 */

import { ConfigError } from "@caviar-hpo/core";
import { type UtilityFunction, write } from "./utility.ts";

/**
 * How far below the mean the objective may lie at `beta` standard deviations, with its sign changed. 0 exploits, 1.8 and 2.576 are usual.
 *
 * @throws ConfigError unless 0 <= beta < Infinity.
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
