/**
 * The mean over problems of means over seeds of shares between 0 and 1, with Wilson's interval (1927). Shares of runs are not always 0 or
 * 1: a run may reach some of its targets. So the sample counts as m = p (1 - p) / V independent yes-or-no answers, where V is the estimated
 * variance of the mean p; as many as there are blocks, if all of them agree.
 */
import { level } from "../confidence.ts";
import type { Estimate } from "./estimate.ts";
import { stratifiedMean } from "./meanInterval.ts";
import { studentQuantile } from "./studentQuantile.ts";

/**
 * @param samples samples[problem][block], numbers from 0 to 1
 * @returns no interval if a problem has a single block
 */
export function shareInterval(samples: readonly ArrayLike<number>[]): Estimate {
  const { value, variance, freedom } = stratifiedMean(samples);
  if (samples.some((sample) => sample.length < 2)) return { value, interval: null };
  const blocks = freedom + samples.length;
  const spread = value * (1 - value);
  // The variance of one problem divides by n - 1, that of Wilson's interval by n.
  const answers = variance > 0 && spread > 0 ? (spread / variance) * (blocks / freedom) : blocks;
  const student = studentQuantile(level, freedom);
  const squared = (student * student) / answers;
  const middle = (value + squared / 2) / (1 + squared);
  const half = Math.sqrt(squared * (spread + squared / 4)) / (1 + squared);
  return { value, interval: { low: Math.max(0, middle - half), high: Math.min(1, middle + half) } };
}
