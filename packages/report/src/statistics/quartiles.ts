/** Median and quartiles (linear interpolation, type 7 of Hyndman and Fan 1996) of samples in which Infinity means no success. */
import { quantileSorted } from "simple-statistics";

export type Quartiles = { readonly n: number; readonly lower: number; readonly median: number; readonly upper: number };

/** Quartiles of a sample of one or more values. */
export function quartiles(sample: readonly number[]): Quartiles {
  const sorted = [...sample].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { n: sorted.length, lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) };
}

/** The quantile of an ascending sample. Infinity if it uses an infinite value, because interpolation would give NaN. */
export function quantile(sorted: readonly number[], probability: number): number {
  const finite = sorted[Math.ceil((sorted.length - 1) * probability)]! < Infinity;
  return finite ? quantileSorted(sorted as number[], probability) : Infinity;
}
