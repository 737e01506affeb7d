/**
 * Intervals of expected running times and of their quotients: Student's, for the logarithm. An expected running time is a ratio, what all
 * runs spend over the number of successes: ERT = Σ x / Σ s. Its logarithm changes with each run by about (x_i - ERT s_i) / Σ x, and the
 * spread of these changes is its standard error (the ratio estimator, Cochran 1977, chapter 6). The logarithm is used because running times
 * are skewed and positive, and because two of them on the same seeds are compared by their quotient: its changes are the differences.
 *
 * If no run succeeds, only a lower bound is known. No success in n runs has a chance of α / 2 if each succeeds with the chance
 * p = 1 - (α / 2)^(1 / n) (Clopper and Pearson 1934), so the bound is x̄ / p.
 */
import { exp, log, pow } from "@caviar-hpo/numerics";
import { level } from "../confidence.ts";
import type { Estimate, EstimateInterval } from "./estimate.ts";
import { expectedRunningTime } from "./runningTime.ts";
import { studentQuantile } from "./studentQuantile.ts";

/** Runs to one target: when each is first there, Infinity if it never is, and what each spent. */
export type TargetRuns = { readonly times: Float64Array; readonly ends: Float64Array };

/** The interval is null if there are fewer than two runs. */
export function runningTime(runs: TargetRuns): Estimate {
  return { value: expectedOf(runs), interval: runs.times.length < 2 ? null : bounds(runs, level) };
}

/**
 * The running time as a share of that of a reference on the same seeds. It is Infinity if no run gets there, whatever the reference needs,
 * and 0 if only the reference does not get there.
 */
export function runningTimeShare(runs: TargetRuns, reference: TargetRuns): Estimate {
  return { value: shareOf(runs, reference), interval: runs.times.length < 2 ? null : shareBounds(runs, reference, level) };
}

/** The runs of a strategy and those of the reference on the same seeds. */
export type RunsPair = readonly [runs: TargetRuns, reference: TargetRuns];

/**
 * The median over problems of the running time as a share of the reference's. Its interval is about these problems and new seeds. It is
 * that of the problem in the middle, or of the mean of the two in the middle: if the problems differ much, the median is there whatever
 * the other seeds are, and if they differ little, the median of all varies less than one of them. The mean of two is a smooth function of
 * their logarithms, and its degrees of freedom are Welch's (1947).
 *
 * @param outside one minus the confidence of the interval.
 */
export function medianShare(problems: readonly RunsPair[], outside: number): Estimate {
  const sorted = problems
    .map((pair) => ({ pair, share: shareOf(...pair) }))
    .sort((a, b) => (a.share < b.share ? -1 : a.share > b.share ? 1 : 0));
  const middle = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  const [below, above] = middle.map(({ share }) => share) as [number, number];
  // Both may be infinite.
  const value = below === above ? below : (below + above) / 2;
  const pairs = middle.map(({ pair }) => pair);
  if (pairs.some(([{ times }]) => times.length < 2)) return { value, interval: null };
  if (sorted.length % 2 === 1) return { value, interval: shareBounds(...pairs[0]!, outside) };
  if (below > 0 && above < Infinity) return { value, interval: aroundMean([below, above], pairs, outside) };
  const [one, other] = pairs.map((pair) => shareBounds(...pair, outside)) as [EstimateInterval, EstimateInterval];
  return { value, interval: { low: (one.low + other.low) / 2, high: (one.high + other.high) / 2 } };
}

/** A strategy that never gets there needs infinitely much, whatever the reference needs. One that gets there alone needs nothing of it. */
function shareOf(runs: TargetRuns, reference: TargetRuns): number {
  const own = expectedOf(runs);
  return own === Infinity ? own : own / expectedOf(reference);
}

function shareBounds(runs: TargetRuns, reference: TargetRuns, outside: number): EstimateInterval {
  const value = shareOf(runs, reference);
  if (value > 0 && value < Infinity) return around(value, shareChanges(runs, reference), outside);
  // Each of the two intervals misses its value with half of the chance.
  const [strategy, base] = [bounds(runs, outside / 2), bounds(reference, outside / 2)];
  return { low: base.high === Infinity ? 0 : strategy.low / base.high, high: strategy.high / base.low };
}

/** By how much each seed changes the logarithm of the share. */
function shareChanges(runs: TargetRuns, reference: TargetRuns): Float64Array {
  const ofReference = changes(reference);
  return changes(runs).map((change, run) => change - ofReference[run]!);
}

/** The interval of the mean of shares that follow from independent runs. */
function aroundMean(shares: readonly number[], pairs: readonly RunsPair[], outside: number): EstimateInterval {
  const total = shares.reduce((sum, share) => sum + share, 0);
  let variance = 0;
  let squares = 0;
  pairs.forEach((pair, index) => {
    const weight = shares[index]! / total;
    const part = weight * weight * varianceOf(shareChanges(...pair));
    variance += part;
    squares += (part * part) / (pair[0].times.length - 1);
  });
  // Whole ones, and no more than there are. Rounding errors must not take the last one.
  const freedom = variance === 0 ? 1 : Math.max(1, Math.floor((variance * variance) / squares + 1e-9));
  const width = studentQuantile(outside, freedom) * Math.sqrt(variance);
  const value = total / shares.length;
  return { low: exp(log(value) - width), high: exp(log(value) + width) };
}

function expectedOf({ times, ends }: TargetRuns): number {
  return expectedRunningTime(times, ends);
}

function bounds(runs: TargetRuns, outside: number): EstimateInterval {
  const value = expectedOf(runs);
  if (value < Infinity) return around(value, changes(runs), outside);
  const { length } = runs.ends;
  const spent = runs.ends.reduce((sum, end) => sum + end, 0) / length;
  return { low: spent / (1 - pow(outside / 2, 1 / length)), high: Infinity };
}

/** By how much each run changes the logarithm of the running time. At least one run is there. */
function changes(runs: TargetRuns): Float64Array {
  const value = expectedOf(runs);
  const spent = runs.times.map((time, run) => (time === Infinity ? runs.ends[run]! : time));
  const total = spent.reduce((sum, one) => sum + one, 0);
  return spent.map((one, run) => (one - (runs.times[run] === Infinity ? 0 : value)) / total);
}

function around(value: number, all: Float64Array, outside: number): EstimateInterval {
  const width = studentQuantile(outside, all.length - 1) * Math.sqrt(varianceOf(all));
  return { low: exp(log(value) - width), high: exp(log(value) + width) };
}

/** The variance of a logarithm that each run changes by so much. The changes add up to zero. */
function varianceOf(all: Float64Array): number {
  const squares = all.reduce((sum, change) => sum + change * change, 0);
  return (squares * all.length) / (all.length - 1);
}
