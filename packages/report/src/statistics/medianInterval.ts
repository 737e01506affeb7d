/**
 * The median of a sample with an interval between order statistics, which needs no assumption on the distribution: a binomial number with
 * chance one half says how many values lie below the true median. The bounds are interpolated between neighbours as Hettmansperger and
 * Sheather (1986, "Confidence intervals based on interpolated order statistics") propose, so that the level is met closely although n is
 * whole. Values may be Infinity, for what is beyond a sample's resolution.
 */
import { level } from "../confidence.ts";
import type { Estimate } from "./estimate.ts";
import { quantile } from "./quartiles.ts";

/** The interval is null for fewer than six values. */
export function medianInterval(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const n = sorted.length;
  const value = quantile(sorted, 0.5);
  // The interval between the k-th smallest and the k-th largest value misses with probability 2 P(B < k).
  let k = 0;
  let missed = 0;
  let probability = 1;
  for (let trial = 0; trial < n; trial++) probability /= 2;
  while (2 * (missed + probability) <= level) {
    missed += probability;
    k++;
    probability *= (n + 1 - k) / k;
  }
  if (k === 0) return { value, interval: null };
  const share = interpolated(n, k, 2 * missed, 2 * (missed + probability));
  return {
    value,
    interval: { low: between(sorted[k - 1]!, sorted[k]!, share), high: between(sorted[n - k]!, sorted[n - k - 1]!, share) },
  };
}

/** The share of the way from the k-th order statistic to the next, from the chances that the intervals at both miss. */
function interpolated(n: number, k: number, wide: number, narrow: number): number {
  const part = (level - wide) / (narrow - wide);
  return ((n - k) * part) / (k + (n - 2 * k) * part);
}

function between(outer: number, inner: number, share: number): number {
  if (outer === inner || share === 0) return outer;
  return outer === Infinity || inner === Infinity ? Infinity : outer + share * (inner - outer);
}
