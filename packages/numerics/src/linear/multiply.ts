/** Products of dense row-major matrices, added to what the result holds, as BLAS's dgemm and dsyrk. */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/** out += A B, with A rows x inner, B inner x columns, out rows x columns. `out` must not overlap the factors. */
export function multiply(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, inner: number, columns: number): void {
  requireMatrix("a", a, rows, inner, inner);
  requireMatrix("b", b, inner, columns, columns);
  requireMatrix("out", out, rows, columns, columns);
  const block = blockOf(a, b, out);
  if (block === null) {
    const [inA, inB, inOut] = borrow(a, b, out);
    multiply(inA!, inB!, inOut!, rows, inner, columns);
    out.set(inOut!);
    return;
  }
  block.kernels.multiply(a.byteOffset, b.byteOffset, out.byteOffset, rows, inner, columns, block.scratch);
}

/**
 * out += A A^T, with A rows x inner and out symmetric, rows x rows; only its lower triangle is read, both are written, exactly symmetric.
 */
export function multiplyTransposed(a: Float64Array, out: Float64Array, rows: number, inner: number): void {
  requireMatrix("a", a, rows, inner, inner);
  requireMatrix("out", out, rows, rows, rows);
  const block = blockOf(a, out);
  if (block === null) {
    const [inA, inOut] = borrow(a, out);
    multiplyTransposed(inA!, inOut!, rows, inner);
    out.set(inOut!);
    return;
  }
  block.kernels.multiplyTransposed(a.byteOffset, out.byteOffset, rows, inner, block.scratch);
}
