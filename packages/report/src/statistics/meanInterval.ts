/**
 * The interval of a mean over problems of means over seeds, for differences of ranks and other bounded numbers. It is the wider, on either
 * side, of two intervals:
 *
 * - Student's: value ± c √V, where V is the variance of the mean within problems. It assumes that the differences would spread around any
 *   true mean as they spread around the observed one. It has no width where all seeds agree, which claims too much.
 * - Wilson's (1927), which assumes that differences of the observed sizes could have had either sign. It holds all true means
 *   δ = u · value for which (1 - u)² <= S + K (1 - u²), where K = c² / (ν + c²) and S = K ν V / value². For differences of +1 and -1 on
 *   one problem it is Wilson's interval of a proportion.
 *
 * Both contain zero for the same critical value c, namely if |value| <= c √V. So a test and this interval never disagree.
 */
import type { EstimateInterval } from "./estimate.ts";

/** A mean of means. */
export type StratifiedMean = {
  readonly value: number;
  /** V, the estimated variance of `value`: Σ_p s_p² / n_p over the squared number of problems. */
  readonly variance: number;
  /** ν, the degrees of freedom of V: Σ_p (n_p - 1). */
  readonly freedom: number;
};

/** The mean over problems of the mean over blocks of `samples[problem][block]`. The variance needs two blocks of each problem. */
export function stratifiedMean(samples: readonly ArrayLike<number>[]): StratifiedMean {
  let value = 0;
  let variance = 0;
  let freedom = 0;
  for (const sample of samples) {
    let sum = 0;
    for (let at = 0; at < sample.length; at++) sum += sample[at]!;
    const mean = sum / sample.length;
    let squares = 0;
    for (let at = 0; at < sample.length; at++) squares += (sample[at]! - mean) * (sample[at]! - mean);
    value += mean / samples.length;
    variance += squares / (sample.length * (sample.length - 1) * samples.length * samples.length);
    freedom += sample.length - 1;
  }
  return { value, variance, freedom };
}

/**
 * @param critical c; Infinity gives the whole range
 * @param bound no true mean is further from 0 than this
 */
export function meanInterval({ value, variance, freedom }: StratifiedMean, critical: number, bound: number): EstimateInterval {
  if (critical === Infinity) return { low: -bound, high: bound };
  const student = critical * Math.sqrt(variance);
  const [least, most] = wilson(Math.abs(value), variance, freedom, critical);
  const below = Math.max(student, value < 0 ? most + value : value - least);
  const above = Math.max(student, value < 0 ? -value - least : most - value);
  return { low: Math.max(-bound, value - below), high: Math.min(bound, value + above) };
}

/** The bounds δ of Wilson's interval for a mean that is not negative. */
function wilson(value: number, variance: number, freedom: number, critical: number): readonly [number, number] {
  const share = (critical * critical) / (freedom + critical * critical);
  const squared = share * freedom * variance;
  const root = Math.sqrt(share * share * value * value + squared * (1 + share));
  return [(value - root) / (1 + share), (value + root) / (1 + share)];
}
