/** The inverse of a matrix from its Cholesky factor: Z = L^-T, then Z Z^T, as accurate as LAPACK's dpotri. */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/**
 * `out`, n x n like `l` and with rows `stride` apart like it, becomes (L L^T)^-1, both triangles, exactly symmetric. `out` must not overlap
 * `l`.
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
