/**
 * Solves systems with a Cholesky factor in place, for any number of right-hand sides at once (Golub & Van Loan, section 3.1). Shapes that
 * do not fit throw RangeError.
 */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/**
 * Solves L X = B: replaces `b`, row-major n x columns, by X. L is the lower triangle of `l`, with rows `stride` apart (n by default). The
 * part above the diagonal is not read.
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

/** Solves L^T X = B: replaces `b`, row-major n x columns, by X. `l` is as in `solveLower`. */
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
