/**
 * A sample in a few numbers: moments and percentiles. The 15th, 50th and 85th are those that Ioffe & Szegedy 2015 (figure 1) follow over
 * training. Percentiles between two values are interpolated linearly (Hyndman & Fan 1996, definition 7).
 */
import { meanAndDeviation } from "@caviar-hpo/numerics";

export type Distribution = {
  readonly mean: number;
  /** Biased: divided by the number of values, as batch norm does. */
  readonly sd: number;
  /** At the shares `quantileLevels`. */
  readonly quantiles: readonly number[];
};

export const quantileLevels: readonly number[] = [0.05, 0.15, 0.5, 0.85, 0.95];

/** Of at least one number; NaN among them makes all of it NaN. The mean comes first, then the squared deviations from it. */
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
