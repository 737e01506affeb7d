/**
 * The stratified, paired bootstrap: seeds are drawn again within each problem, and the same draw serves every strategy, so that what
 * strategies share (instance, initial design, noise) stays shared. Problems are fixed: intervals speak about these problems and new
 * seeds, not about new problems. Intervals are percentile intervals (Efron 1979); at 3, 5, 10, 20 seeds they cover about
 * 87, 90, 94, 94 % where 95 % is meant.
 */
import { type Key, stream } from "@caviar-hpo/core";
import { level, resamples } from "../confidence.ts";
import { quantile } from "./quartiles.ts";

export type BootstrapInterval = { readonly low: number; readonly high: number };
/** A number and its interval; null where fewer than two seeds leave nothing to resample. */
export type Estimate = { readonly value: number; readonly interval: BootstrapInterval | null };

/** Writes its components for one resample: `drawn[p]` holds the drawn positions among the blocks of problem p. */
export type Statistic = (drawn: readonly Int32Array[], components: Float64Array) => void;

/** A vector of statistics and what resampling says of it. */
export type Resampled = {
  /** On the blocks as they are. */
  readonly values: Float64Array;
  /** One array a component, entry b of all of them from resample b; null where a problem has fewer than two blocks. */
  readonly draws: readonly Float64Array[] | null;
  readonly estimate: (component: number) => Estimate;
};

/** @param sizes blocks of each problem */
export function resampled(key: Key, sizes: readonly number[], components: number, statistic: Statistic): Resampled {
  const values = new Float64Array(components);
  statistic(
    sizes.map((size) => Int32Array.from({ length: size }, (_, block) => block)),
    values,
  );
  const draws = sizes.every((size) => size >= 2) ? bootstrap(key, sizes, resamples, components, statistic) : null;
  return {
    values,
    draws,
    estimate: (component) => ({
      value: values[component]!,
      interval: draws === null ? null : percentileInterval(draws[component]!, level),
    }),
  };
}

/**
 * Resamples of a vector of statistics.
 *
 * @param sizes blocks of each problem
 * @returns one array a component, `resamples` long; entry b of all components is of the same resample
 */
export function bootstrap(
  key: Key,
  sizes: readonly number[],
  resamples: number,
  components: number,
  statistic: Statistic,
): readonly Float64Array[] {
  const source = stream(key);
  const drawn = sizes.map((size) => new Int32Array(size));
  const values = Array.from({ length: components }, () => new Float64Array(resamples));
  const row = new Float64Array(components);
  for (let resample = 0; resample < resamples; resample++) {
    for (const positions of drawn) {
      for (let at = 0; at < positions.length; at++) positions[at] = source.integer(positions.length);
    }
    row.fill(0);
    statistic(drawn, row);
    for (let component = 0; component < components; component++) values[component]![resample] = row[component]!;
  }
  return values;
}

/** The central interval that leaves `outside` of the resampled values out, half on either side. */
export function percentileInterval(resampled: Float64Array, outside: number): BootstrapInterval {
  const sorted = Array.from(Float64Array.from(resampled).sort());
  return { low: quantile(sorted, outside / 2), high: quantile(sorted, 1 - outside / 2) };
}
