/**
 * Joint draws from a multivariate normal distribution by quasi-Monte-Carlo. The points of a scrambled Sobol net pass through the normal
 * quantile and the Cholesky factor of the covariance. These k draws are spread more evenly than k independent ones (M. Balandat et al.,
 * BoTorch: a framework for efficient Monte-Carlo Bayesian optimization, NeurIPS 2020, section 4.1 and appendix). Powers of two are the best
 * counts.
 */

import type { Key } from "@caviar-hpo/core";
import { normalQuantile } from "@caviar-hpo/numerics";
import { sobol } from "@caviar-hpo/samplers/sequences";

/** Makes `count` standard normal vectors of `dimensions` numbers, row-major count x dimensions. `dimensions` is at most 1111. */
export function quasiNormals(count: number, dimensions: number, key: Key): Float64Array {
  const normals = new Float64Array(count * dimensions);
  sobol(dimensions, key).fill(0, count, normals);
  for (let index = 0; index < normals.length; index++) normals[index] = normalQuantile(normals[index]!);
  return normals;
}

/**
 * Turns standard normal vectors into draws from N(mean, L L^T), in place.
 *
 * @param normals row-major count x n.
 * @param mean of length n.
 * @param factor the lower triangle L, row-major n x n with rows `stride` apart. The strict upper triangle is not read.
 * @param stride n by default.
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
