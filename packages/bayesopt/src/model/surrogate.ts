/** What a strategy may build on: a surrogate is fitted to points and returns a posterior, which can take more points without a new fit. */
import type { Json, Key } from "@caviar-hpo/core";

/** Row-major n x d, in the unit cube. */
export type Points = { readonly data: Float64Array; readonly n: number; readonly d: number };

/** Of n points: means and variances of length n, gradients row-major n x d. */
export type Moments = {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly gradient?: { readonly mean: Float64Array; readonly variance: Float64Array };
};

export type Posterior = {
  /** With `gradient`, the derivatives of means and variances by the points too. */
  moments(x: Points, gradient?: boolean): Moments;
  /** `count` joint draws, row-major count x n. */
  sample(x: Points, count: number, key: Key): Float64Array;
  condition(x: Points, y: Float64Array): Posterior;
};

/** What a fit had to do to stay numerically sound; `jitter` was added to the diagonal. */
export type FitHealth = { readonly jitter: number; readonly reciprocalCondition: number; readonly notes: readonly string[] };

export type SurrogateData = {
  readonly x: Points;
  /** Of length n. */
  readonly y: Float64Array;
  /** The variance of each value, or null where it is to be learned. */
  readonly noise: Float64Array | null;
};

/** `Warm` is what a fit hands to the next one, as plain data. */
export type Surrogate<Warm extends Json = Json> = {
  readonly name: string;
  /** @param warm where the last fit ended, or null. */
  fit(data: SurrogateData, warm: Warm | null, key: Key): { readonly posterior: Posterior; readonly warm: Warm; readonly health: FitHealth };
};
