/** The mean over problems of means over seeds of numbers in a known range, with its interval: mean ranks. */
import { level } from "../confidence.ts";
import type { Estimate } from "./estimate.ts";
import { meanInterval, stratifiedMean } from "./meanInterval.ts";
import { studentQuantile } from "./studentQuantile.ts";

/**
 * @param samples samples[problem][block], numbers from `least` to `most`
 * @returns no interval if a problem has a single block
 */
export function boundedMean(samples: readonly ArrayLike<number>[], least: number, most: number): Estimate {
  const middle = (least + most) / 2;
  const mean = stratifiedMean(samples.map((sample) => Float64Array.from(sample, (value) => value - middle)));
  if (samples.some((sample) => sample.length < 2)) return { value: middle + mean.value, interval: null };
  const { low, high } = meanInterval(mean, studentQuantile(level, mean.freedom), (most - least) / 2);
  return { value: middle + mean.value, interval: { low: middle + low, high: middle + high } };
}
