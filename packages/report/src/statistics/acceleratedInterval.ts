/**
 * The bias-corrected and accelerated interval of the bootstrap (Efron 1987; for several samples Davison and Hinkley 1997, section 5.3.2),
 * expanded for small samples (Hesterberg 2015, section 4.2.1). It takes two percentiles of the resamples:
 *
 * - The correction of the bias uses the share of resamples below the observed value.
 * - The acceleration, from the values without one block, says how the spread changes with the value, as for skewed numbers.
 * - The expansion replaces the normal quantile z by t √(N / ν), where N counts the blocks and ν = N minus the number of problems: resamples
 *   of n seeds spread too little, by n / (n - 1) in the variance, and tails are those of Student's distribution.
 *
 * The interval always holds the observed value. Otherwise it could miss it where rounding alone tells the resamples apart from the value.
 */
import { normalCdf, normalQuantile } from "@caviar-hpo/numerics";
import type { BootstrapInterval } from "./bootstrap.ts";
import { quantile } from "./quartiles.ts";
import { studentQuantile } from "./studentQuantile.ts";

export type AcceleratedInterval = {
  readonly value: number;
  /** The statistic of each resample. */
  readonly draws: Float64Array;
  /** The statistic without one block, [problem][block]; at least two blocks per problem. */
  readonly leftOut: readonly Float64Array[];
  /** The chance that the interval misses the true value. */
  readonly outside: number;
};

export function acceleratedInterval({ value, draws, leftOut, outside }: AcceleratedInterval): BootstrapInterval {
  const blocks = leftOut.reduce((sum, { length }) => sum + length, 0);
  const freedom = blocks - leftOut.length;
  const spread = studentQuantile(outside, freedom) * Math.sqrt(blocks / freedom);
  const bias = normalQuantile(shareBelow(draws, value));
  const skew = acceleration(value, leftOut);
  const sorted = Array.from(Float64Array.from(draws).sort());
  const [low, high] = [-spread, spread].map((z) => quantile(sorted, shareAt(bias, skew, z))) as [number, number];
  return { low: Math.min(low, value), high: Math.max(high, value) };
}

/** The share of draws below the value; ties count half. It stays between the first and the last draw. */
function shareBelow(draws: Float64Array, value: number): number {
  let doubled = 0;
  for (const draw of draws) doubled += draw < value ? 2 : draw === value ? 1 : 0;
  return Math.max(1, Math.min(2 * draws.length - 1, doubled)) / (2 * draws.length);
}

/**
 * a = Σ (l / n)³ / (6 (Σ (l / n)²)^1.5), with the influences l = (n - 1) (mean of the values without a block - the value without this one).
 */
function acceleration(value: number, leftOut: readonly Float64Array[]): number {
  let squares = 0;
  let cubes = 0;
  for (const sample of leftOut) {
    const mean = sample.reduce((sum, one) => sum + one, 0) / sample.length;
    for (const one of sample) {
      const influence = ((sample.length - 1) / sample.length) * (mean - one);
      squares += influence * influence;
      cubes += influence * influence * influence;
    }
  }
  const scale = 6 * squares * Math.sqrt(squares);
  // Influences near 1e-162 have squares that are not zero, and a scale that is.
  return Number.isFinite(value) && Number.isFinite(cubes) && scale > 0 ? cubes / scale : 0;
}

/** Φ(b + (b + z) / (1 - a (b + z))). Beyond the pole, the end of that side. */
function shareAt(bias: number, skew: number, z: number): number {
  const moved = bias + z;
  const scale = 1 - skew * moved;
  if (scale <= 0) return z < 0 ? 0 : 1;
  return normalCdf(bias + moved / scale);
}
