/** Systems with a Cholesky factor, solved in place for any number of right-hand sides at once (Golub & Van Loan, section 3.1). */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/**
 * L X = B: `b`, row-major n x columns, becomes X. L is the lower triangle of `l`, rows `stride` apart (n when left out); what is above is
 * not read.
 */
export function solveLower(l: Float64Array, n: number, b: Float64Array, columns: number, stride: number = n): void {
  requireMatrix("l", l, n, n, stride);
  requireMatrix("b", b, n, columns, columns);
  const block = blockOf(l, b);
  if (block === null) {
    const [inL, inB] = borrow(l, b);
    solveLower(inL!, n, inB!, columns, stride);
    b.set(inB!);
    return;
  }
  block.kernels.solveLower(l.byteOffset, n, stride * 8, b.byteOffset, columns, block.scratch);
}

/** L^T X = B: `b`, row-major n x columns, becomes X. */
export function solveLowerTransposed(l: Float64Array, n: number, b: Float64Array, columns: number, stride: number = n): void {
  requireMatrix("l", l, n, n, stride);
  requireMatrix("b", b, n, columns, columns);
  const block = blockOf(l, b);
  if (block === null) {
    const [inL, inB] = borrow(l, b);
    solveLowerTransposed(inL!, n, inB!, columns, stride);
    b.set(inB!);
    return;
  }
  block.kernels.solveLowerTransposed(l.byteOffset, n, stride * 8, b.byteOffset, columns, block.scratch);
}
