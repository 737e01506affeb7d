/**
 * Keeps the better half of the values and places the worse half by rank alone, at the quantiles of a normal distribution as wide as the
 * better half: X. Song et al., *The Vizier Gaussian process bandit algorithm*, arXiv 2408.11527 (2024), section on output warping, turned
 * to minimisation. Between the values it interpolates linearly, past the worst it continues as in the last interval, so that it has an
 * inverse.
 */
import { exp, log, normalQuantile } from "@caviar-hpo/numerics";
import { identity, type Monotone } from "./monotone.ts";

/** Of values with median 0. */
export type HalfRank = {
  /** Distinct values above the median, ascending. */
  readonly worse: readonly number[];
  /** The root mean square of the distinct values up to the median. */
  readonly deviation: number;
  /** How many are in `worse`, and a half more if the median itself is among the values. */
  readonly denominator: number;
};

/** Of ascending values whose median is 0. */
export function fitHalfRank(sorted: Float64Array): HalfRank {
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const worse = distinct.filter((value) => value > 0);
  const better = distinct.filter((value) => value <= 0);
  // Where the median is the best value the better half has no width; all values then stand for it.
  const deviation = rootMeanSquare(better) || rootMeanSquare(distinct) || 1;
  return { worse: Array.from(worse), deviation, denominator: worse.length + (better[better.length - 1] === 0 ? 0.5 : 0) };
}

export function halfRank({ worse, deviation, denominator }: HalfRank): Monotone {
  const count = worse.length;
  if (count === 0) return identity;
  const values = Float64Array.of(0, ...worse);
  // The k-th worst value goes to the normal quantile 1 - (k - 1/2) / (2 denominator).
  const images = values.map((_, i) => (i === 0 ? 0 : -deviation * normalQuantile((0.5 * (count - i + 0.5)) / denominator)));
  const logSlopes = values.subarray(1).map((value, i) => log(images[i + 1]! - images[i]!) - log(value - values[i]!));
  // No steeper than the precision of a scaled unit: the last interval may be of 1e-300, and what lies past it must stay finite.
  const lastLogSlope = Math.min(logSlopes[count - 1]!, -log(Number.EPSILON));
  const lastSlope = exp(lastLogSlope);
  return {
    forward(x) {
      if (x <= 0) return x;
      return x <= values[count]! ? interpolate(x, values, images) : images[count]! + (x - values[count]!) * lastSlope;
    },
    inverse(z) {
      if (z <= 0) return z;
      return z <= images[count]! ? interpolate(z, images, values) : values[count]! + (z - images[count]!) / lastSlope;
    },
    /** At a corner, the mean of those on either side. */
    logSlope(x) {
      if (x < 0) return 0;
      const i = intervalOf(x, values);
      const right = i === count ? lastLogSlope : logSlopes[i]!;
      if (x !== values[i]) return right;
      return (right + (i === 0 ? 0 : logSlopes[i - 1]!)) / 2;
    },
  };
}

/** Piecewise linear through the corners (from, to), both ascending, for x within them. */
function interpolate(x: number, from: Float64Array, to: Float64Array): number {
  const i = Math.min(intervalOf(x, from), from.length - 2);
  // A share, not a slope: of neighbours 1e-300 apart the slope may be beyond the largest double.
  const share = (x - from[i]!) / (from[i + 1]! - from[i]!);
  return Math.min(to[i]! + share * (to[i + 1]! - to[i]!), to[i + 1]!);
}

/** The last corner not above x, which is not below the first. */
function intervalOf(x: number, corners: Float64Array): number {
  let low = 0;
  let high = corners.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (corners[middle]! <= x) low = middle;
    else high = middle;
  }
  return low;
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
