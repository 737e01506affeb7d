/** Systems with a Cholesky factor, solved in place for any number of right-hand sides at once (Golub & Van Loan, section 3.1). */

import { requireMatrix } from "./shapes.ts";
import { backward, forward } from "./solve.twin.ts";

/** L X = B: `b`, row-major n x columns, becomes X. L is the lower triangle of `l`, rows `stride` apart (n when left out); what is above is not read. */
export function solveLower(l: Float64Array, n: number, b: Float64Array, columns: number, stride: number = n): void {
  requireMatrix("l", l, n, n, stride);
  requireMatrix("b", b, n, columns, columns);
  forward(l, n, b, columns, stride);
}

/** L^T X = B: `b`, row-major n x columns, becomes X. */
export function solveLowerTransposed(l: Float64Array, n: number, b: Float64Array, columns: number, stride: number = n): void {
  requireMatrix("l", l, n, n, stride);
  requireMatrix("b", b, n, columns, columns);
  backward(l, n, b, columns, stride);
}
