/**
 * The models that a strategy may use. A surrogate is fitted to points and returns a posterior. The posterior can take more points without a
 * new fit.
 */
import type { Json, Key } from "@caviar-hpo/core";

/** n points of d coordinates in the unit cube: `data` is row-major n x d. */
export type Points = { readonly data: Float64Array; readonly n: number; readonly d: number };

/** Means and variances at n points, of length n. The gradients are row-major n x d. */
export type Moments = {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly gradient?: { readonly mean: Float64Array; readonly variance: Float64Array };
};

/** What a fitted model says about the function. */
export type Posterior = {
  /** The means and variances at the points. With `gradient`, also their derivatives by the coordinates of the points. */
  moments(x: Points, gradient?: boolean): Moments;
  /** `count` joint draws at the n points, row-major count x n. */
  sample(x: Points, count: number, key: Key): Float64Array;
  /** The posterior after the values `y` are measured at the points `x`, without a new fit. */
  condition(x: Points, y: Float64Array): Posterior;
};

/**
 * What a fit did to stay numerically sound. `jitter` is what it added to the diagonal. `reciprocalCondition` is in [0, 1]; near 0 the
 * matrix is nearly singular.
 */
export type FitHealth = { readonly jitter: number; readonly reciprocalCondition: number; readonly notes: readonly string[] };

/** The points and values that a surrogate is fitted to. */
export type SurrogateData = {
  readonly x: Points;
  /** Of length n. */
  readonly y: Float64Array;
  /** The variance of each value, of length n. null: the fit learns the variance. */
  readonly noise: Float64Array | null;
};

/** A model that can be fitted. `Warm` is plain data that a fit passes to the next fit. */
export type Surrogate<Warm extends Json = Json> = {
  readonly name: string;
  /** @param warm what the last fit returned, or null. */
  fit(data: SurrogateData, warm: Warm | null, key: Key): { readonly posterior: Posterior; readonly warm: Warm; readonly health: FitHealth };
};
