/**
 * Covariances of pairs of points that depend on their distance alone, and sums of their derivatives, as Gaussian processes want them.
 * Coordinates are already divided by their lengthscales. Squared distances are sums of squared differences, so that near points do not
 * cancel; what comes of a pair depends on that pair alone, to the bit. Distances beyond e^-u's range give 0; the squares must be finite.
 *
 * Everywhere x is n x d, a row a point, and z is d x m, a column a point; out and weights are row-major; all work without copies when the
 * arrays are of one `allocate`. Shapes that do not fit throw RangeError.
 */

import { requireMatrix } from "../linear/shapes.ts";
import { blockOf, borrow } from "../wasm/block.ts";
import { familyNumbers, type StationaryFamily } from "./families.ts";

/** out, n x m, = scale times the covariance of each x with each z. */
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

/** out, n x n and rows `stride` apart, = scale times the covariance of each x with each x; exactly symmetric, scale on the diagonal. */
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
 * out[k] += sum over all pairs (i, j) of weights[i, j] times the derivative of their covariance (at scale 1) by the logarithm of
 * coordinate k's lengthscale; returns the sum of weights[i, j] times the covariance itself, which is the derivative by the logarithm of
 * the scale. `weights` is n x n, rows `stride` apart, and symmetric: what is above its diagonal is not read.
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

/** As `stationaryGramScaleGradient`, for the covariances of each x with each z; weights n x m. */
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
 * out[k, j] += sum over i of weights[i, j] times the derivative of the covariance (at scale 1) of x_i with z_j by the scaled coordinate k
 * of z_j. weights n x m, out d x m. Column j of out depends on column j of z and weights alone, to the bit.
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
