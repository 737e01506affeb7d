/**
 * An acquisition is a number that ranks points. It is a function of the mean and variance of the posterior at a point, and comes with its
 * derivatives by both. The search that maximises it applies the chain rule to the coordinates, once for all acquisitions. A low objective
 * is good, and a high utility is good.
 */

/** `value` may be -Infinity but neither NaN nor Infinity; `byMean` and `byVariance` are finite. */
export type Utility = { value: number; byMean: number; byVariance: number };

/**
 * Writes value and derivatives to `out`.
 *
 * Rounding can turn a small variance into a negative one. A negative variance counts as 0. At variance 0 the derivative by the variance is
 * given as 0, because a variance of 0 does not change to first order. If the mean or the variance is NaN, the value is -Infinity.
 */
export type UtilityFunction = (mean: number, variance: number, out: Utility) => void;

/** Makes a `Utility` of zeros, to write to. */
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
