/**
 * Values as the priors of the hyperparameters expect them: mean 0 and variance 1. Sums are of values in a power of two near the largest,
 * which is exact, so that none overflows or vanishes.
 */

import { powerOfTwoBelow } from "@caviar-hpo/numerics/statistics";

/** z = (y - mean) / sd. */
export type Standard = { readonly mean: number; readonly sd: number };

/** Mean and standard deviation of n values; sd is 1 where the values are equal, or differ by rounding alone. */
export function standardOf(y: Float64Array): Standard {
  const n = y.length;
  const first = y[0] ?? 0;
  // The mean of equal values is not always that value, and the rounding that is left would pass for their deviation.
  if (y.every((value) => value === first)) return { mean: first, sd: 1 };
  const unit = powerOfTwoBelow(y.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  let mean = 0;
  for (const value of y) mean += value / unit / n;
  let variance = 0;
  for (const value of y) variance += ((value / unit - mean) * (value / unit - mean)) / n;
  return { mean: mean * unit, sd: variance > rounding ? Math.sqrt(variance) * unit || 1 : 1 };
}

export function toStandard(y: Float64Array, { mean, sd }: Standard): Float64Array {
  return y.map((value) => (value - mean) / sd);
}

/** Variances of the standardised values. Two divisions, because the square of a small sd may be 0. */
export function varianceToStandard(variance: Float64Array, { sd }: Standard): Float64Array {
  return variance.map((value) => value / sd / sd);
}

/** The square of a few roundings of the largest value. */
const rounding = 1e-28;
