/**
 * Joint draws from a multivariate normal distribution by quasi-Monte-Carlo: a scrambled Sobol net, sent through the normal quantile and the
 * Cholesky factor of the covariance, spreads k draws more evenly than k independent ones would lie (M. Balandat et al., BoTorch: a
 * framework for efficient Monte-Carlo Bayesian optimization, NeurIPS 2020, section 4.1 and appendix). Powers of two are best.
 */

import type { Key } from "@caviar-hpo/core";
import { normalQuantile } from "@caviar-hpo/numerics";
import { sobol } from "@caviar-hpo/samplers/sequences";

/** `count` standard normal vectors of `dimensions` (at most 1111) numbers, row-major count x dimensions. */
export function quasiNormals(count: number, dimensions: number, key: Key): Float64Array {
  const normals = new Float64Array(count * dimensions);
  sobol(dimensions, key).fill(0, count, normals);
  for (let index = 0; index < normals.length; index++) normals[index] = normalQuantile(normals[index]!);
  return normals;
}

/**
 * Turns standard normal vectors into draws from N(mean, L L^T), in place: `normals` row-major count x n, `factor` the lower triangle L,
 * row-major n x n (its strict upper triangle is not read), rows `stride` apart.
 */
export function drawInPlace(normals: Float64Array, mean: Float64Array, factor: Float64Array, stride: number = mean.length): void {
  const n = mean.length;
  for (let start = 0; start < normals.length; start += n) {
    // From the last coordinate on, which needs all normals before it, so that none is overwritten too early.
    for (let row = n - 1; row >= 0; row--) {
      let value = mean[row]!;
      for (let column = 0; column <= row; column++) value += factor[row * stride + column]! * normals[start + column]!;
      normals[start + row] = value;
    }
  }
}
