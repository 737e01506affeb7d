/**
 * W = (a a^T - M) / 2 and its trace: with a = K^-1 y and M = K^-1, what the derivatives of a Gaussian process's evidence weigh those of
 * its covariances by, d ln p / du = tr(W dK/du) (Rasmussen & Williams 2006, eq. 5.9).
 */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/**
 * `matrix`, n x n and rows `stride` apart, becomes (a a^T - matrix) / 2; returns its trace. `a` of length n. Symmetric stays exactly
 * symmetric.
 */
export function outerLess(a: Float64Array, matrix: Float64Array, n: number, stride: number = n): number {
  requireMatrix("a", a, 1, n, n);
  requireMatrix("matrix", matrix, n, n, stride);
  const block = blockOf(a, matrix);
  if (block === null) {
    const [inA, inMatrix] = borrow(a, matrix);
    const trace = outerLess(inA!, inMatrix!, n, stride);
    matrix.set(inMatrix!);
    return trace;
  }
  return block.kernels.outerLess(a.byteOffset, matrix.byteOffset, n, stride * 8);
}
