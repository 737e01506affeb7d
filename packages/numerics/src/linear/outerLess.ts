/**
 * W = (a a^T - M) / 2 and its trace. With a = K^-1 y and M = K^-1, W holds the weights of the covariances' derivatives in the derivative of
 * a Gaussian process's log evidence: d ln p / du = tr(W dK/du) (Rasmussen & Williams 2006, eq. 5.9).
 */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/**
 * Replaces `matrix` (n x n, rows `stride` apart) by (a a^T - matrix) / 2, with `a` of length n. A symmetric matrix stays exactly symmetric.
 *
 * @returns the trace of the result.
 * @throws RangeError for shapes that do not fit.
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
