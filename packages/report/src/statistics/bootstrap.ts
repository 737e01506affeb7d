/**
 * The stratified, paired bootstrap. It resamples seeds within each problem, and uses the same draw for every strategy. So what strategies
 * share (instance, initial design, noise) stays shared. It keeps the problems: intervals are about these problems and new seeds, not about
 * new problems. `acceleratedInterval.ts` makes the intervals from the resamples.
 */
import { type Key, stream } from "@caviar-hpo/core";
import { level, resamples } from "../confidence.ts";
import { acceleratedInterval } from "./acceleratedInterval.ts";

export type BootstrapInterval = { readonly low: number; readonly high: number };
/** A number and its interval. The interval is null if there are fewer than two seeds to resample. */
export type Estimate = { readonly value: number; readonly interval: BootstrapInterval | null };

/**
 * Writes the components of the statistic for one sample. `drawn[p]` holds positions among the blocks of problem p, as many as it has
 * blocks, or one fewer.
 */
export type Statistic = (drawn: readonly Int32Array[], components: Float64Array) => void;

/** A vector of statistics and its resamples. */
export type Resampled = {
  /** The statistics of the blocks without resampling. */
  readonly values: Float64Array;
  /** A component and its interval. */
  readonly estimate: (component: number, options?: EstimateOptions) => Estimate;
};

export type EstimateOptions = {
  /** The only problem whose blocks the component uses; all by default. */
  readonly problem?: number;
  /** One minus the confidence of the interval; 0.05 by default. */
  readonly outside?: number;
};

/** @param sizes the number of blocks of each problem */
export function resampled(key: Key, sizes: readonly number[], components: number, statistic: Statistic): Resampled {
  const values = new Float64Array(components);
  statistic(sizes.map(everyBlock), values);
  const enough = sizes.every((size) => size >= 2);
  const draws = enough ? bootstrap(key, sizes, resamples, components, statistic) : null;
  const leftOut = enough ? jackknife(sizes, components, statistic) : null;
  return {
    values,
    estimate: (component, { problem, outside = level } = {}) => ({
      value: values[component]!,
      interval:
        draws === null || leftOut === null
          ? null
          : acceleratedInterval({
              value: values[component]!,
              draws: draws[component]!,
              leftOut: problem === undefined ? leftOut[component]! : [leftOut[component]![problem]!],
              outside,
            }),
    }),
  };
}

function everyBlock(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, block) => block);
}

/** The components without one block: [component][problem][block]. */
function jackknife(sizes: readonly number[], components: number, statistic: Statistic): readonly (readonly Float64Array[])[] {
  const values = Array.from({ length: components }, () => sizes.map((size) => new Float64Array(size)));
  const row = new Float64Array(components);
  const all = sizes.map(everyBlock);
  sizes.forEach((size, problem) => {
    for (let block = 0; block < size; block++) {
      row.fill(0);
      statistic(
        all.map((blocks, other) => (other === problem ? blocks.filter((one) => one !== block) : blocks)),
        row,
      );
      for (let component = 0; component < components; component++) values[component]![problem]![block] = row[component]!;
    }
  });
  return values;
}

/**
 * Resamples of a vector of statistics.
 *
 * @param sizes the number of blocks of each problem
 * @returns one array per component, of length `resamples`. Entry b of all components is from the same resample.
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
