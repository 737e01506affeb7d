/**
 * The exponentially weighted averages of a batch-norm layer's mean and variance. Kept are the sums that begin at 0,
 * s = decay s + (1 - decay) new, from which both readings follow: "raw" adds what is left of the customary beginning, mean 0 and variance
 * 1, times decay^steps; "biasCorrected" divides by 1 - decay^steps. The variance is stored as its convention has it, biased or unbiased.
 */
import { pow } from "@caviar-hpo/numerics";
import type { Numbers } from "@caviar-hpo/numerics/network";
import type { BatchNorm } from "../network/architecture.ts";

export type RunningStatistics = { readonly mean: Float64Array; readonly variance: Float64Array };

/** Takes up the mean and the biased variance of a batch of m examples. */
export function updateRunning(running: RunningStatistics, batchNorm: BatchNorm, mean: Numbers, variance: Numbers, m: number): void {
  const { decay, convention } = batchNorm;
  const unbias = convention === "pytorch" ? unbiasing(m) : 1;
  for (let unit = 0; unit < running.mean.length; unit++) {
    running.mean[unit] = decay * running.mean[unit]! + (1 - decay) * mean[unit]!;
    running.variance[unit] = decay * running.variance[unit]! + (1 - decay) * (variance[unit]! * unbias);
  }
}

/** m / (m - 1); of a single example, whose variance is 0 either way, 1. */
export function unbiasing(m: number): number {
  return m > 1 ? m / (m - 1) : 1;
}

/** Writes what evaluation is to use after so many steps. Before the first, bias-corrected statistics are the customary beginning too. */
export function readRunning(running: RunningStatistics, batchNorm: BatchNorm, steps: number, mean: Numbers, variance: Numbers): void {
  const left = pow(batchNorm.decay, steps);
  const raw = batchNorm.populationStatistics === "raw" || steps === 0;
  for (let unit = 0; unit < running.mean.length; unit++) {
    mean[unit] = raw ? running.mean[unit]! : running.mean[unit]! / (1 - left);
    variance[unit] = raw ? left + running.variance[unit]! : running.variance[unit]! / (1 - left);
  }
}
