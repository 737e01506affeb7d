/**
 * The log-determinant of a matrix from its Cholesky factor: twice the sum of the logarithms of the diagonal. This sum neither overflows nor
 * underflows where the determinant itself would.
 */

import { log } from "../log.ts";
import { requireMatrix } from "./shapes.ts";

/** ln det(L L^T), from the diagonal of `l` (n x n, rows `stride` apart). 0 for n = 0. Throws RangeError for shapes that do not fit. */
export function logDeterminant(l: Float64Array, n: number, stride: number = n): number {
  requireMatrix("l", l, n, n, stride);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += log(l[i * stride + i]!);
  return 2 * sum;
}
