/**
 * Mean and standard deviation of numbers of any size. Both are computed in a power of two near the largest number, which is exact. So no
 * square overflows or vanishes, and numbers that are multiplied by a power of two have the same results, multiplied by it.
 */
import { powerOfTwoBelow } from "./powerOfTwoBelow.ts";

/** A mean and a standard deviation. */
export type MeanAndDeviation = { readonly mean: number; readonly sd: number };

/**
 * The mean and the standard deviation (divisor n) of one or more numbers. The standard deviation is computed from the deviations from the
 * mean. If a number is not finite, the results are those of plain sums.
 */
export function meanAndDeviation(values: ArrayLike<number>): MeanAndDeviation {
  const n = values.length;
  const unit = unitOf(values);
  let mean = 0;
  for (let index = 0; index < n; index++) mean += values[index]! / unit;
  mean /= n;
  let squares = 0;
  for (let index = 0; index < n; index++) squares += (values[index]! / unit - mean) * (values[index]! / unit - mean);
  return { mean: mean * unit, sd: Math.sqrt(squares / n) * unit };
}

/** The power of two below the largest number. */
function unitOf(values: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < values.length; index++) most = Math.max(most, Math.abs(values[index]!));
  return Number.isFinite(most) ? powerOfTwoBelow(most) : 1;
}
