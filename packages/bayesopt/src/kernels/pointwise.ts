/**
 * A kernel from its value at one pair of points and the slope of this value. Everything else that a Gaussian process needs follows:
 * covariance matrices, and weighted sums of derivatives. The results are those of a kernel that works on whole matrices (`stationary`), but
 * one call per pair is slower.
 */
import { exp } from "@caviar-hpo/numerics";
import type { BoundKernel, Hyperparameter, Kernel, KernelRoom } from "./kernel.ts";

/** One value per hyperparameter, in order. These are the values themselves, not their logarithms. */
export type HyperparameterValues<H extends readonly Hyperparameter[]> = { readonly [P in keyof H]: number };

/** The derivatives of k(x, z). */
export type PairwiseSlope<H extends readonly Hyperparameter[]> = {
  /** dk(x, z)/dz, one entry per coordinate. */
  readonly byPoint: ArrayLike<number>;
  /** dk(x, z)/dtheta, one entry per hyperparameter: derivatives by the values themselves, not by their logarithms. */
  readonly byHyperparameter: HyperparameterValues<H>;
};

/** A kernel as two functions of a pair of points. `theta` holds the values of the hyperparameters. */
export type PairwiseKernel<H extends readonly Hyperparameter[]> = {
  readonly hyperparameters: H;
  /** k(x, z). It must be symmetric, and positive semidefinite over any points. */
  value(x: Float64Array, z: Float64Array, theta: HyperparameterValues<H>): number;
  slope(x: Float64Array, z: Float64Array, theta: HyperparameterValues<H>): PairwiseSlope<H>;
};

/**
 * Makes a kernel from its value and its slope at one pair of points.
 *
 * @example
 * // Squared exponential with one lengthscale l and variance 1: k = exp(-r^2 / (2 l^2)).
 * pointwise({
 *   hyperparameters: [{ name: "lengthscale", low: 0.01, high: 10, start: 0.5, prior: flat }],
 *   value: (x, z, [l]) => exp(-squaredDistance(x, z) / (2 * l * l)),
 *   slope: (x, z, [l]) => {
 *     const k = exp(-squaredDistance(x, z) / (2 * l * l));
 *     return { byPoint: z.map((at, f) => (k * (x[f]! - at)) / (l * l)), byHyperparameter: [(k * squaredDistance(x, z)) / (l * l * l)] };
 *   },
 * });
 */
export function pointwise<const H extends readonly Hyperparameter[]>(kernel: PairwiseKernel<H>): Kernel {
  return { hyperparameters: kernel.hyperparameters, memory: () => 0, bind: (x, room) => bindPairwise(kernel, x, room) };
}

/** |x - z|^2, summed in the order of the coordinates. */
export function squaredDistance(x: Float64Array, z: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < x.length; f++) sum += (x[f]! - z[f]!) * (x[f]! - z[f]!);
  return sum;
}

function bindPairwise<H extends readonly Hyperparameter[]>(
  { value, slope }: PairwiseKernel<H>,
  x: Float64Array,
  room: KernelRoom,
): BoundKernel {
  const { d } = room;
  const rows = rowsOf(x, room.n, d);
  let n = 0;
  let theta = [] as unknown as HyperparameterValues<H>;
  /** The two points in one order, so that rounding cannot tell k(x, z) from k(z, x). */
  const between = (a: Float64Array, b: Float64Array): number => (isAfter(a, b) ? value(b, a, theta) : value(a, b, theta));
  return {
    set: (u, count) => {
      theta = [...u].map(exp) as unknown as HyperparameterValues<H>;
      n = count;
    },
    extend: (count) => {
      n = count;
    },
    gram: (out, stride) => {
      for (let i = 0; i < n; i++)
        for (let j = i; j < n; j++) {
          const k = between(rows[i]!, rows[j]!);
          out[i * stride + j] = k;
          out[j * stride + i] = k;
        }
    },
    gramGradient: (weights, stride, out) => {
      for (let i = 0; i < n; i++)
        for (let j = i; j < n; j++) {
          // Weights are symmetric: a pair off the diagonal counts twice. dk/du = theta dk/dtheta, as u = ln theta.
          const weight = weights[i * stride + j]! * (i === j ? 1 : 2);
          const { byHyperparameter } = slope(rows[i]!, rows[j]!, theta);
          for (let p = 0; p < theta.length; p++) out[p] = out[p]! + weight * theta[p]! * byHyperparameter[p]!;
        }
    },
    cross: (z, m, out) => {
      const points = rowsOf(z, m, d);
      for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[i * m + j] = between(rows[i]!, points[j]!);
    },
    crossGradient: (z, m, weights, out) => {
      const points = rowsOf(z, m, d);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < m; j++) {
          const { byPoint } = slope(rows[i]!, points[j]!, theta);
          for (let f = 0; f < d; f++) out[j * d + f] = out[j * d + f]! + weights[i * m + j]! * byPoint[f]!;
        }
    },
    diagonal: (z, m, out) => {
      rowsOf(z, m, d).forEach((point, j) => {
        out[j] = value(point, point, theta);
      });
    },
    diagonalGradient: (z, m, weights, out) => {
      rowsOf(z, m, d).forEach((point, j) => {
        // Both arguments move with the point, and k is symmetric in them.
        const { byPoint } = slope(point, point, theta);
        for (let f = 0; f < d; f++) out[j * d + f] = out[j * d + f]! + 2 * weights[j]! * byPoint[f]!;
      });
    },
  };
}

/** Whether the first coordinate in which two points differ is greater in `a`. */
function isAfter(a: Float64Array, b: Float64Array): boolean {
  for (let f = 0; f < a.length; f++) if (a[f] !== b[f]) return a[f]! > b[f]!;
  return false;
}

/** Views of the first `count` rows. */
function rowsOf(points: Float64Array, count: number, d: number): readonly Float64Array[] {
  return Array.from({ length: count }, (_, row) => points.subarray(row * d, (row + 1) * d));
}
