/**
 * Expected improvement averaged over draws of what is not known yet: the values of trials still running (fantasies), or the noise-free
 * values of noisy trials. Given such a draw the posterior at x has a mean and an incumbent of its own, while its variance is the same for
 * every draw, because a Gaussian posterior's variance does not depend on the values; so the average over k draws is a function of k means
 * and one variance,
 *
 *   log (1/k) sum_i EI(f*_i, mean_i, variance).
 *
 * The averaging over x's own value is exact and only the one over the draws is sampled, so that it is smooth in x without any softening.
 */

import { exp, log } from "@caviar-hpo/numerics";
import { writeLogExpectedImprovement } from "./logExpectedImprovement.ts";
import { finite, newUtility, type Utility } from "./utility.ts";

/** As Utility, but with the derivatives by each draw's mean. */
export type UtilityOverDraws = { value: number; readonly byMean: Float64Array; byVariance: number };

/** `means`: one a draw; `out.byMean` has as many. Negative variances and NaN as in UtilityFunction. */
export type UtilityFunctionOverDraws = (means: Float64Array, variance: number, out: UtilityOverDraws) => void;

/** The logarithm of expected improvement averaged over draws; `incumbents`: one a draw, kept by reference. */
export function logExpectedImprovementOverDraws(incumbents: Float64Array): UtilityFunctionOverDraws {
  return averagedOverDraws(writeLogExpectedImprovement, incumbents);
}

/** Writes the logarithm of an improvement upon an incumbent, and its derivatives. */
export type WriteImprovement = (incumbent: number, mean: number, variance: number, out: Utility) => void;

/** The logarithm of any kind of improvement averaged over draws. */
export function averagedOverDraws(improvement: WriteImprovement, incumbents: Float64Array): UtilityFunctionOverDraws {
  const one = newUtility();
  const values = new Float64Array(incumbents.length);
  const byVariances = new Float64Array(incumbents.length);
  return (means, variance, out) => {
    let greatest = -Infinity;
    for (let draw = 0; draw < incumbents.length; draw++) {
      improvement(incumbents[draw]!, means[draw]!, variance, one);
      values[draw] = one.value;
      out.byMean[draw] = one.byMean;
      byVariances[draw] = one.byVariance;
      greatest = Math.max(greatest, one.value);
    }
    out.value = -Infinity;
    out.byVariance = 0;
    if (greatest === -Infinity) {
      out.byMean.fill(0);
      return;
    }
    const total = softmaxInPlace(values, greatest);
    let byVariance = 0;
    for (let draw = 0; draw < incumbents.length; draw++) {
      out.byMean[draw]! *= values[draw]!;
      byVariance += values[draw]! * byVariances[draw]!;
    }
    out.value = greatest + log(total / incumbents.length);
    out.byVariance = finite(byVariance);
  };
}

/**
 * Replaces logarithms, the greatest of which is given and finite, by their exponentials' shares of the sum; returns the sum of exp(value -
 * greatest).
 */
export function softmaxInPlace(values: Float64Array, greatest: number): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const relative = exp(values[index]! - greatest);
    values[index] = relative;
    total += relative;
  }
  for (let index = 0; index < values.length; index++) values[index]! /= total;
  return total;
}
