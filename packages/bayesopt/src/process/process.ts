/**
 * A Gaussian process at given hyperparameters: its posterior mean and variance, and their derivatives (Rasmussen & Williams 2006, algorithm
 * 2.1). Rows can be appended in O(n^2), to the bits of factorising all of them again: new measurements, and imagined points, which have no
 * values. Pending trials are imagined points. `workspace.ts` has the symbols.
 */
import { reciprocalCondition } from "@caviar-hpo/numerics/linear";
import { drawInPlace } from "../acquisition/jointDraws.ts";
import type { Data, Model } from "../model/data.ts";
import { admit, forget, imagine, settle } from "./factorise.ts";
import { bound, predict, pull, whiten } from "./predict.ts";
import { logLikelihood } from "./regress.ts";
import { createWorkspace, type ProcessSize } from "./workspace.ts";

/** m points, row-major m x d. */
export type QueryPoints = { readonly z: Float64Array; readonly m: number };

/** What is written for m query points. `whitened` needs `variance`. */
export type QueryMoments = {
  readonly mean: Float64Array;
  readonly variance?: Float64Array | null;
  /** Row-major imagined x m: how far the mean moves when the value of an imagined point is drawn one deviation higher. */
  readonly whitened?: Float64Array | null;
};

/** Weights of the derivatives that are added up for each query point; `whitened` row-major imagined x m. */
export type Pull = { readonly mean: Float64Array; readonly variance: Float64Array; readonly whitened?: Float64Array | null };

export type Process = {
  readonly size: ProcessSize;
  /** Measured rows; imagined ones come after them. */
  readonly n: number;
  readonly imagined: number;
  /** What was added to the diagonal so that the matrix could be factorised. */
  readonly jitter: number;
  /** The mean far away from all points. */
  readonly constant: number;
  /** Of the values y that were given last, at these hyperparameters, without the priors. */
  logLikelihood(y: Float64Array): number;
  /** Of the matrix that was factorised, in the 1-norm, estimated. */
  reciprocalCondition(): number;
  /** Factorises at u, beginning with this jitter, or if it is 0 with the least that is safe; false where no jitter is enough. */
  settle(data: Data, u: Float64Array, jitter: number): boolean;
  /** Takes data whose first n rows are the measured ones so far, with other values if need be; false where new rows cannot be appended. */
  admit(data: Data): boolean;
  /** Appends points without values, row-major count x d, after the measured rows; with the noise of a measurement or without. */
  imagine(points: Float64Array, count: number, noisy: boolean): boolean;
  /**
   * Values of the imagined points, from `count` vectors of standard normals, row-major count x imagined, in place; `mean` as predicted
   * there.
   */
  drawInPlace(normals: Float64Array, count: number, mean: Float64Array): void;
  /** Takes back all imagined points. */
  forget(): void;
  /** Means and, where asked for, variances and `whitened` rows. */
  predict(at: QueryPoints, out: QueryMoments): void;
  /** V = L^-1 k(x, z), row-major (n + imagined) x m: the covariance of two points is k(z, z') less the product of their columns. */
  whiten(at: QueryPoints, out: Float64Array): void;
  /** k(z, z) at m points. */
  priorVariance(at: QueryPoints, out: Float64Array): void;
  /** Means, and upper bounds of the variances: what remains after the single most telling row. O(n) a point. */
  bound(at: QueryPoints, mean: Float64Array, variance: Float64Array): void;
  /**
   * After `predict` with variances at the same points: out += by.mean dmean/dz + by.variance dvariance/dz + sum_q by.whitened_q dV_q/dz,
   * row-major m x d.
   */
  pull(at: QueryPoints, by: Pull, out: Float64Array): void;
};

export function createProcess(model: Model, size: ProcessSize): Process {
  const work = createWorkspace(model, size);
  return {
    size,
    get n() {
      return work.n;
    },
    get imagined() {
      return work.imagined;
    },
    get jitter() {
      return work.jitter;
    },
    get constant() {
      return work.constant;
    },
    logLikelihood: (y) => logLikelihood({ L: work.K, n: work.n, stride: size.rows }, { y, mu: work.constant, a: work.a }),
    reciprocalCondition: () => reciprocalCondition(work.K, work.n, size.rows),
    settle: (data, u, jitter) => settle(work, data, u, jitter),
    admit: (data) => admit(work, data),
    imagine: (points, count, noisy) => imagine(work, points, count, noisy),
    drawInPlace: (normals, count, mean) => {
      const { K, n, imagined } = work;
      const factor = K.subarray(n * size.rows + n);
      if (imagined > 0) drawInPlace(normals.subarray(0, count * imagined), mean.subarray(0, imagined), factor, size.rows);
    },
    forget: () => forget(work),
    predict: (at, out) => predict(work, at, out),
    whiten: (at, out) => whiten(work, at, out),
    priorVariance: ({ z, m }, out) => work.kernel.diagonal(z, m, out),
    bound: (at, mean, variance) => bound(work, at, mean, variance),
    pull: (at, by, out) => pull(work, at, by, out),
  };
}
