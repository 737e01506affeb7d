/**
 * Keeps the better half of the values and places the worse half by rank alone, at the quantiles of a normal distribution as wide as the
 * better half: X. Song et al., *The Vizier Gaussian process bandit algorithm*, arXiv 2408.11527 (2024), section on output warping, turned to
 * minimisation. Between the values it interpolates linearly, past the worst it goes on as in the last interval, so that it has an inverse.
 */
import { log, normalQuantile } from "@caviar/numerics";
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
  const slope = (i: number): number => (images[i + 1]! - images[i]!) / (values[i + 1]! - values[i]!);
  return {
    forward: (x) => (x <= 0 ? x : interpolate(x, values, images)),
    inverse: (z) => (z <= 0 ? z : interpolate(z, images, values)),
    /** At a corner, the mean of the logarithms on either side. */
    logSlope(x) {
      if (x < 0) return 0;
      const i = Math.min(intervalOf(x, values), count - 1);
      const right = log(slope(i));
      if (x !== values[i]) return right;
      return (right + (i === 0 ? 0 : log(slope(i - 1)))) / 2;
    },
  };
}

/** Piecewise linear through the corners (from, to), both ascending; past the last corner with the last slope. */
function interpolate(x: number, from: Float64Array, to: Float64Array): number {
  const last = from.length - 1;
  const i = intervalOf(x, from);
  const left = Math.min(i, last - 1);
  const image = to[i]! + (x - from[i]!) * ((to[left + 1]! - to[left]!) / (from[left + 1]! - from[left]!));
  return i === last ? image : Math.min(image, to[i + 1]!);
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
