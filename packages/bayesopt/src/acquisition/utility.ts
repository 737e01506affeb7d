/**
 * What an acquisition is here: a number by which to rank points, as a function of the posterior's mean and variance at a point, with its
 * derivatives by both, so that the chain rule to the coordinates is done once, by the search that maximises it. Less is better for the
 * objective, more is better for the utility.
 */

/** `value` may be -Infinity but neither NaN nor Infinity; `byMean` and `byVariance` are finite. */
export type Utility = { value: number; byMean: number; byVariance: number };

/**
 * Writes value and derivatives to `out`. A negative variance (which rounding can make of a small one) counts as 0, where the derivative by
 * the variance is given as 0, because a variance that is 0 does not change to first order; a mean or variance that is NaN is worth
 * -Infinity.
 */
export type UtilityFunction = (mean: number, variance: number, out: Utility) => void;

/** A utility to write to. */
export function newUtility(): Utility {
  return { value: -Infinity, byMean: 0, byVariance: 0 };
}

/** x, or the finite double nearest to it; 0 for NaN, which sums that overflow both ways make. */
export function finite(x: number): number {
  return Number.isNaN(x) ? 0 : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x));
}

/** Clips what has overflowed. `value` is not NaN. */
export function write(out: Utility, value: number, byMean: number, byVariance: number): void {
  out.value = Math.min(value, Number.MAX_VALUE);
  out.byMean = finite(byMean);
  out.byVariance = finite(byVariance);
}
