/** The contract of model-based strategies: a surrogate is fitted to points, its posterior is closed under conditioning, an acquisition ranks. */

import type { Key } from "../random/key.ts";
import type { Json } from "./json.ts";

/** Row-major n x d, in the unit cube. */
export type Points = { readonly data: Float64Array; readonly n: number; readonly d: number };

/** Of n points: means and variances of length n, gradients row-major n x d. */
export type Moments = {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly gradient?: { readonly mean: Float64Array; readonly variance: Float64Array };
};

export type Posterior = {
  moments(x: Points, gradient?: boolean): Moments;
  /** `count` joint draws, row-major count x n. */
  sample(x: Points, count: number, key: Key): Float64Array;
  condition(x: Points, y: Float64Array): Posterior;
};

/** What a fit had to do to stay numerically sound; `jitter` was added to the diagonal. */
export type FitHealth = { readonly jitter: number; readonly reciprocalCondition: number; readonly notes: readonly string[] };

/** `noise`: variance of each observation, or null where it is to be learned; `warm`: where the last fit ended, or null. */
export type Surrogate<W extends Json = Json> = {
  readonly name: string;
  fit(
    x: Points,
    y: Float64Array,
    noise: Float64Array | null,
    warm: W | null,
    key: Key,
  ): { readonly posterior: Posterior; readonly warm: W; readonly health: FitHealth };
};

/** Log-scale utility, larger is better; -Infinity allowed, NaN never. The context holds incumbents, pending points, constraint models. */
export type Acquisition<C> = (
  posterior: Posterior,
  context: C,
) => (x: Points) => { readonly value: Float64Array; readonly gradient: Float64Array };
