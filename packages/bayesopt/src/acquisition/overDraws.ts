/**
 * Expected improvement, averaged over draws of values that are not known yet: of trials that are still running (fantasies), or noise-free
 * values of noisy trials. For each draw, the posterior at x has its own mean and its own incumbent. The variance is the same for every
 * draw, because the variance of a Gaussian posterior does not depend on the values. So the average over k draws is a function of k means
 * and one variance:
 *
 *     log (1/k) sum_i EI(f*_i, mean_i, variance)
 *
 * The average over the value at x itself is exact. Only the average over the draws is sampled. Therefore the result is smooth in x without
 * softening.
 */

import { exp, log } from "@caviar-hpo/numerics";
import { writeLogExpectedImprovement } from "./logExpectedImprovement.ts";
import { finite, newUtility, type Utility } from "./utility.ts";

/** A `Utility` with the derivatives by the mean of each draw. */
export type UtilityOverDraws = { value: number; readonly byMean: Float64Array; byVariance: number };

/**
 * Writes value and derivatives to `out`. `means` and `out.byMean` have one entry per draw. Negative variances and NaN are treated as in
 * `UtilityFunction`.
 */
export type UtilityFunctionOverDraws = (means: Float64Array, variance: number, out: UtilityOverDraws) => void;

/** The logarithm of the expected improvement, averaged over draws. `incumbents` has one entry per draw. The array is kept, not copied. */
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
