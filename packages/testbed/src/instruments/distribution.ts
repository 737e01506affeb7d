/**
 * A summary of a sample: moments and percentiles. Ioffe & Szegedy 2015 (figure 1) follow the 15th, 50th and 85th percentile over training.
 * Percentiles between two values are interpolated linearly (Hyndman & Fan 1996, definition 7).
 */
import { meanAndDeviation } from "@caviar-hpo/numerics/statistics";

/** A summary of a sample. */
export type Distribution = {
  readonly mean: number;
  /** The biased standard deviation: the divisor is the number of values, as in batch norm. */
  readonly sd: number;
  /** The quantiles at `quantileLevels`. */
  readonly quantiles: readonly number[];
};

/** The levels of the quantiles in a `Distribution`. */
export const quantileLevels: readonly number[] = [0.05, 0.15, 0.5, 0.85, 0.95];

/**
 * Summarises at least one number. If one of them is NaN, all results are NaN. The mean is computed first, then the squared deviations from
 * it.
 */
export function distributionOf(values: readonly number[]): Distribution {
  const { mean, sd } = meanAndDeviation(values);
  const ascending = Float64Array.from(values).sort();
  return {
    mean,
    sd,
    quantiles: quantileLevels.map((level) => (Number.isNaN(mean) ? NaN : quantile(ascending, level))),
  };
}

function quantile(ascending: Float64Array, level: number): number {
  const at = (ascending.length - 1) * level;
  const below = Math.floor(at);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (at - below) * (high - low);
}
