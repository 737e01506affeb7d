/**
 * The stratified, paired bootstrap. It resamples seeds within each problem, and uses the same draw for every strategy. So what strategies
 * share (instance, initial design, noise) stays shared. It keeps the problems: intervals are about these problems and new seeds, not about
 * new problems. Intervals are expanded percentile intervals (Hesterberg 2015, section 4.2.1): n seeds have a sample variance that is too small
 * by n / (n - 1), and tails as of Student's distribution. So the interval takes more extreme percentiles than the level says.
 */
import { type Key, stream } from "@caviar-hpo/core";
import { normalCdf } from "@caviar-hpo/numerics";
import { level, resamples } from "../confidence.ts";
import { quantile } from "./quartiles.ts";
import { studentQuantile } from "./studentQuantile.ts";

export type BootstrapInterval = { readonly low: number; readonly high: number };
/** A number and its interval. The interval is null if there are fewer than two seeds to resample. */
export type Estimate = { readonly value: number; readonly interval: BootstrapInterval | null };

/** Writes the components of the statistic for one resample. `drawn[p]` holds the drawn positions among the blocks of problem p. */
export type Statistic = (drawn: readonly Int32Array[], components: Float64Array) => void;

/** A vector of statistics and its resamples. */
export type Resampled = {
  /** The statistics of the blocks without resampling. */
  readonly values: Float64Array;
  /** One array per component. Entry b of each array is from resample b. Null if a problem has fewer than two blocks. */
  readonly draws: readonly Float64Array[] | null;
  /** A component and its interval. `problem` names the only problem whose blocks the component uses; without it, it uses all. */
  readonly estimate: (component: number, problem?: number) => Estimate;
};

/** @param sizes the number of blocks of each problem */
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
    estimate: (component, problem) => ({
      value: values[component]!,
      interval:
        draws === null
          ? null
          : percentileInterval(draws[component]!, outsideShare(problem === undefined ? sizes : [sizes[problem]!], level)),
    }),
  };
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

/**
 * The share of resamples outside an interval at `level`, for samples of these sizes: 2 Φ(-t √(N / ν)), where N counts the blocks, ν = N minus
 * the number of problems, and t is Student's quantile.
 */
export function outsideShare(sizes: readonly number[], level: number): number {
  const blocks = sizes.reduce((sum, size) => sum + size, 0);
  const freedom = blocks - sizes.length;
  return 2 * normalCdf(-studentQuantile(level, freedom) * Math.sqrt(blocks / freedom));
}

/** The central interval of the resampled values. It excludes the share `outside` of them, half on either side. */
export function percentileInterval(resampled: Float64Array, outside: number): BootstrapInterval {
  const sorted = Array.from(Float64Array.from(resampled).sort());
  return { low: quantile(sorted, outside / 2), high: quantile(sorted, 1 - outside / 2) };
}
