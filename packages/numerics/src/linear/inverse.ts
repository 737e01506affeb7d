/** The inverse of a matrix from its Cholesky factor: first Z = L^-T, then Z Z^T. It is as accurate as LAPACK's dpotri. */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/**
 * Writes (L L^T)^-1 to `out`: both triangles, exactly symmetric. `l` and `out` are n x n with rows `stride` apart, and must not overlap.
 *
 * @throws RangeError for shapes that do not fit.
 */
export function inverseFromCholesky(l: Float64Array, n: number, out: Float64Array, stride: number = n): void {
  requireMatrix("l", l, n, n, stride);
  requireMatrix("out", out, n, n, stride);
  const block = blockOf(l, out);
  if (block === null) {
    const [inL, inOut] = borrow(l, out);
    inverseFromCholesky(inL!, n, inOut!, stride);
    out.set(inOut!);
    return;
  }
  block.kernels.inverse(l.byteOffset, n, out.byteOffset, stride * 8, block.scratch);
}
