/**
 * A Gaussian process at given hyperparameters: its posterior mean and variance, and what they pull a point towards (Rasmussen &
 * Williams 2006, algorithm 2.1). Rows can be appended in O(n^2), to the bits of factorising anew: new measurements, and imagined
 * points without values, which pending trials are.
 *
 * | symbol    | meaning                                                                         |
 * |-----------|---------------------------------------------------------------------------------|
 * | c         | k(x, z), n x m                                                                   |
 * | V         | L^-1 c; variance = k(z, z) - sum_i V_i^2; its rows at imagined points, `whitened`, |
 * |           | are how far the mean moves when such a point's value is drawn one deviation higher |
 * | precision | one over the diagonal of K before factorising, jitter included                    |
 */
import {
  addWeightedRows,
  allocate,
  appendRows,
  cholesky,
  combineRows,
  exp,
  greatestSquares,
  reciprocalCondition,
  solveLower,
  solveLowerTransposed,
  subtractSquares,
} from "@caviar-hpo/numerics";
import type { Data, Model } from "../model/data.ts";
import { leastJitter } from "./leastJitter.ts";
import { logLikelihood, regress } from "./regress.ts";

/** The most rows (measured and imagined) and the most query points at once. */
export type Size = { readonly rows: number; readonly queries: number; readonly d: number };

export type Process = {
  readonly size: Size;
  /** Measured rows; imagined ones come after them. */
  readonly n: number;
  readonly imagined: number;
  /** What was added to the diagonal so that the matrix could be factorised. */
  readonly jitter: number;
  /** The mean far away from all points. */
  readonly constant: number;
  /** Of the values y that it has been given last, at its hyperparameters; priors aside. */
  logLikelihood(y: Float64Array): number;
  /** Of the matrix that was factorised, in the 1-norm, estimated. */
  reciprocalCondition(): number;
  /** Factorises at u, beginning with this jitter, or if it is 0 with the least that is safe; false where no jitter is enough. */
  settle(data: Data, u: Float64Array, jitter: number): boolean;
  /** Takes data whose first n rows are the measured ones so far, with other values if need be; false where new rows cannot be appended. */
  admit(data: Data): boolean;
  /** Appends points without values, row-major count x d, after the measured rows; with the noise of a measurement or without. */
  imagine(points: Float64Array, count: number, noisy: boolean): boolean;
  /** Values of the imagined points, from `count` vectors of standard normals, row-major count x imagined, in place; `mean` as predicted there. */
  drawInPlace(normals: Float64Array, count: number, mean: Float64Array): void;
  /** Takes back all imagined points. */
  forget(): void;
  /** Means and, where asked for, variances at m points, row-major m x d; `whitened` row-major imagined x m. */
  predict(z: Float64Array, m: number, mean: Float64Array, variance: Float64Array | null, whitened: Float64Array | null): void;
  /** V at m points, row-major (n + imagined) x m: the covariance of two points is k(z, z') less the product of their columns. */
  whiten(z: Float64Array, m: number, out: Float64Array): void;
  /** k(z, z) at m points. */
  priorVariance(z: Float64Array, m: number, out: Float64Array): void;
  /** Means, and upper bounds of the variances: each what the most telling single row leaves. O(n) a point. */
  bound(z: Float64Array, m: number, mean: Float64Array, variance: Float64Array): void;
  /**
   * After `predict` with variances at the same points: out += byMean dmean/dz + byVariance dvariance/dz + sum_q byWhitened_q dV_q/dz, row-major
   * m x d; byWhitened row-major imagined x m.
   */
  pull(
    z: Float64Array,
    m: number,
    byMean: Float64Array,
    byVariance: Float64Array,
    byWhitened: Float64Array | null,
    out: Float64Array,
  ): void;
};

export function createProcess(model: Model, size: Size): Process {
  const { rows, queries, d } = size;
  const room = { n: rows, m: queries, d };
  const [K, c, V, a, precision, sums, factors, pair, memory] = allocate(
    rows * rows,
    rows * queries,
    rows * queries,
    rows,
    rows,
    queries,
    queries,
    2 * rows,
    model.kernel.memory(room),
  ) as Matrices;
  const x = new Float64Array(rows * d);
  const kernel = model.kernel.bind(x, room, memory);
  const noiseAt = model.kernel.hyperparameters.length;
  let n = 0;
  let imagined = 0;
  let jitter = 0;
  let constant = 0;
  let noise = 0;

  /** Covariances of rows `from` on with all before them, into the rows of K, with the given diagonal. */
  const extendRows = (from: number, count: number, variance: (row: number) => number): boolean => {
    const end = from + count;
    kernel.extend(end);
    for (let start = from; start < end; start += queries) {
      const m = Math.min(queries, end - start);
      kernel.cross(x.subarray(start * d, (start + m) * d), m, c);
      for (let q = 0; q < m; q += 1) {
        const row = (start + q) * rows;
        for (let i = 0; i <= start + q; i += 1) K[row + i] = c[i * m + q]!;
        K[row + start + q] = K[row + start + q]! + variance(start + q);
        precision[start + q] = 1 / (K[row + start + q]! + jitter);
      }
    }
    if (appendRows(K, from, count, { stride: rows, jitter }).kind === "factored") return true;
    kernel.extend(from);
    return false;
  };

  /** The kernel too must let go of imagined rows before others take their place. */
  const forget = (): void => {
    imagined = 0;
    kernel.extend(n);
  };

  /** Of a measurement, as one number, so that it is added to the diagonal with the same rounding wherever its row comes in. */
  const noiseOf = ({ variance }: Data, row: number): number => noise + (variance === null ? 0 : variance[row]!);

  /** mean_j = constant + sum_i a_i c_ij. */
  const means = (m: number, mean: Float64Array): void => {
    sums.fill(constant, 0, m);
    addWeightedRows(a, c, n, m, sums);
    mean.set(sums.subarray(0, m));
  };

  /** V = L^-1 c. */
  const solve = (m: number): void => {
    const count = n + imagined;
    V.set(c.subarray(0, count * m));
    solveLower(K, count, V, m, rows);
  };

  return {
    size,
    get n() {
      return n;
    },
    get imagined() {
      return imagined;
    },
    get jitter() {
      return jitter;
    },
    get constant() {
      return constant;
    },
    logLikelihood: (y) => logLikelihood(K, n, rows, y, constant, a),
    reciprocalCondition: () => reciprocalCondition(K, n, rows),
    settle: (data, u, first) => {
      n = data.y.length;
      imagined = 0;
      x.set(data.x.subarray(0, n * d));
      noise = model.noise === null ? 0 : exp(u[noiseAt]!);
      kernel.set(u, n);
      kernel.gram(K, rows);
      let least = Number.POSITIVE_INFINITY;
      let mean = 0;
      for (let i = 0; i < n; i += 1) {
        const added = noiseOf(data, i);
        const own = K[i * rows + i]! + added;
        K[i * rows + i] = own;
        precision[i] = own;
        least = Math.min(least, added);
        mean += own / n;
      }
      const factor = cholesky(K, n, { stride: rows, jitter: first > 0 ? first : leastJitter(n, mean, least) });
      if (factor.kind === "failed") return false;
      jitter = factor.jitter;
      for (let i = 0; i < n; i += 1) precision[i] = 1 / (precision[i]! + jitter);
      constant = regress(K, n, rows, data.y, pair, a);
      return true;
    },
    admit: (data) => {
      forget();
      const count = data.y.length - n;
      x.set(data.x.subarray(n * d, (n + count) * d), n * d);
      if (count > 0 && !extendRows(n, count, (row) => noiseOf(data, row))) return false;
      n += count;
      constant = regress(K, n, rows, data.y, pair, a);
      return true;
    },
    imagine: (points, count, noisy) => {
      x.set(points.subarray(0, count * d), (n + imagined) * d);
      a.fill(0, n + imagined, n + imagined + count);
      if (!extendRows(n + imagined, count, () => (noisy ? noise : 0))) return false;
      imagined += count;
      return true;
    },
    drawInPlace: (normals, count, mean) => {
      for (let draw = 0; draw < count; draw += 1) {
        const at = draw * imagined;
        for (let q = imagined - 1; q >= 0; q -= 1) {
          let value = mean[q]!;
          for (let r = 0; r <= q; r += 1) value += K[(n + q) * rows + n + r]! * normals[at + r]!;
          normals[at + q] = value;
        }
      }
    },
    forget,
    predict: (z, m, mean, variance, whitened) => {
      kernel.cross(z, m, c);
      means(m, mean);
      if (variance === null) return;
      kernel.diagonal(z, m, variance);
      solve(m);
      const count = n + imagined;
      sums.set(variance.subarray(0, m));
      subtractSquares(V, count, m, sums);
      for (let j = 0; j < m; j += 1) variance[j] = Math.max(0, sums[j]!);
      whitened?.set(V.subarray(n * m, count * m));
    },
    whiten: (z, m, out) => {
      kernel.cross(z, m, c);
      solve(m);
      out.set(V.subarray(0, (n + imagined) * m));
    },
    priorVariance: (z, m, out) => kernel.diagonal(z, m, out),
    bound: (z, m, mean, variance) => {
      kernel.cross(z, m, c);
      means(m, mean);
      kernel.diagonal(z, m, variance);
      sums.fill(0);
      greatestSquares(precision, c, n + imagined, m, sums);
      for (let j = 0; j < m; j += 1) variance[j] = Math.max(0, variance[j]! - sums[j]!);
    },
    pull: (z, m, byMean, byVariance, byWhitened, out) => {
      const count = n + imagined;
      for (let j = 0; j < m; j += 1) factors[j] = -2 * byVariance[j]!;
      if (byWhitened !== null && imagined > 0) {
        sums.fill(0);
        combineRows(factors, V, a, sums, count, m);
        for (let at = 0; at < imagined * m; at += 1) V[n * m + at] = V[n * m + at]! + byWhitened[at]!;
        factors.fill(1);
      }
      solveLowerTransposed(K, count, V, m, rows);
      sums.set(byMean.subarray(0, m));
      // Imagined rows have no weight in the mean: their a is 0.
      combineRows(factors, V, a, sums, count, m);
      kernel.crossGradient(z, m, V, out);
      kernel.diagonalGradient(z, m, byVariance, out);
    },
  };
}

type A = Float64Array;
type Matrices = readonly [A, A, A, A, A, A, A, A, A];
