/**
 * Covariances that depend only on the distance between two points, and weighted sums of their derivatives. Gaussian processes need both.
 *
 * Divide all coordinates by their lengthscales before the call. Squared distances are sums of squared differences, so near points lose no
 * digits. The result of a pair of points depends on this pair alone, to the bit. The covariance of points too far apart for e^-u is 0. The
 * squared distances must be finite.
 *
 * In every function, x is n x d with one point per row, and z is d x m with one point per column. `out` and `weights` are row-major. The
 * functions work without copies if all arrays come from one `allocate`. They throw RangeError for shapes that do not fit.
 */

import { requireMatrix } from "../linear/shapes.ts";
import { blockOf, borrow } from "../wasm/block.ts";
import { familyNumbers, type StationaryFamily } from "./families.ts";

/** Writes to out (n x m) the covariance of each x with each z, times `scale`. */
export function stationaryCovariance(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  z: Float64Array,
  m: number,
  d: number,
  out: Float64Array,
  scale: number,
): void {
  requireMatrix("x", x, n, d, d);
  requireMatrix("z", z, d, m, m);
  requireMatrix("out", out, n, m, m);
  const block = blockOf(x, z, out);
  if (block === null) {
    const [inX, inZ, inOut] = borrow(x, z, out);
    stationaryCovariance(family, inX!, n, inZ!, m, d, inOut!, scale);
    out.set(inOut!);
    return;
  }
  const { square, root, value } = familyNumbers[family];
  block.kernels.covariance(square, root, value[0], value[1], scale, x.byteOffset, n, z.byteOffset, m, d, out.byteOffset);
}

/**
 * Writes to out (n x n, rows `stride` apart) the covariance of each x with each x, times `scale`. The result is exactly symmetric and has
 * `scale` on its diagonal.
 */
export function stationaryGram(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  d: number,
  out: Float64Array,
  scale: number,
  stride: number = n,
): void {
  requireMatrix("x", x, n, d, d);
  requireMatrix("out", out, n, n, stride);
  const block = blockOf(x, out);
  if (block === null) {
    const [inX, inOut] = borrow(x, out);
    stationaryGram(family, inX!, n, d, inOut!, scale, stride);
    out.set(inOut!);
    return;
  }
  const { square, root, value } = familyNumbers[family];
  block.kernels.gram(square, root, value[0], value[1], scale, x.byteOffset, n, d, out.byteOffset, stride * 8);
}

/**
 * Adds to out[k], for each coordinate k, the sum over all pairs (i, j) of weights[i, j] times the derivative of their covariance (at scale
 * 1) with respect to the logarithm of k's lengthscale.
 *
 * `weights` is n x n with rows `stride` apart, and symmetric: the function does not read the part above the diagonal.
 *
 * @returns the sum of weights[i, j] times the covariance. This is the derivative with respect to the logarithm of the scale.
 */
export function stationaryGramScaleGradient(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  d: number,
  weights: Float64Array,
  out: Float64Array,
  stride: number = n,
): number {
  requireMatrix("x", x, n, d, d);
  requireMatrix("weights", weights, n, n, stride);
  requireMatrix("out", out, 1, d, d);
  const block = blockOf(x, weights, out);
  if (block === null) {
    const [inX, inWeights, inOut] = borrow(x, weights, out);
    const sum = stationaryGramScaleGradient(family, inX!, n, d, inWeights!, inOut!, stride);
    out.set(inOut!);
    return sum;
  }
  const { square, root, value, slope, cusp } = familyNumbers[family];
  const weightsAt = weights.byteOffset;
  let sum = block.kernels.sumOverGram(
    square,
    root,
    value[0],
    value[1],
    slope[0],
    slope[1],
    cusp,
    x.byteOffset,
    n,
    d,
    weightsAt,
    stride * 8,
    out.byteOffset,
  );
  for (let i = 0; i < n; i++) sum += weights[i * stride + i]!;
  return sum;
}

/** Does what `stationaryGramScaleGradient` does, for the covariances of each x with each z. `weights` is n x m. */
export function stationaryCovarianceScaleGradient(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  z: Float64Array,
  m: number,
  d: number,
  weights: Float64Array,
  out: Float64Array,
): void {
  requireMatrix("x", x, n, d, d);
  requireMatrix("z", z, d, m, m);
  requireMatrix("weights", weights, n, m, m);
  requireMatrix("out", out, 1, d, d);
  const block = blockOf(x, z, weights, out);
  if (block === null) {
    const [inX, inZ, inWeights, inOut] = borrow(x, z, weights, out);
    stationaryCovarianceScaleGradient(family, inX!, n, inZ!, m, d, inWeights!, inOut!);
    out.set(inOut!);
    return;
  }
  const { square, root, slope, cusp } = familyNumbers[family];
  const { sumOverPairs } = block.kernels;
  sumOverPairs(square, root, slope[0], slope[1], cusp, x.byteOffset, n, z.byteOffset, m, d, weights.byteOffset, out.byteOffset);
}

/**
 * Adds to out[k, j] the sum over i of weights[i, j] times the derivative of the covariance (at scale 1) of x_i with z_j, with respect to
 * the scaled coordinate k of z_j. `weights` is n x m, out is d x m. Column j of out depends only on column j of z and of the weights, to
 * the bit.
 */
export function stationaryPointGradient(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  z: Float64Array,
  m: number,
  d: number,
  weights: Float64Array,
  out: Float64Array,
): void {
  requireMatrix("x", x, n, d, d);
  requireMatrix("z", z, d, m, m);
  requireMatrix("weights", weights, n, m, m);
  requireMatrix("out", out, d, m, m);
  const block = blockOf(x, z, weights, out);
  if (block === null) {
    const [inX, inZ, inWeights, inOut] = borrow(x, z, weights, out);
    stationaryPointGradient(family, inX!, n, inZ!, m, d, inWeights!, inOut!);
    out.set(inOut!);
    return;
  }
  const { square, root, slope, cusp } = familyNumbers[family];
  const { pointGradient } = block.kernels;
  pointGradient(square, root, slope[0], slope[1], cusp, x.byteOffset, n, z.byteOffset, m, d, weights.byteOffset, out.byteOffset);
}
