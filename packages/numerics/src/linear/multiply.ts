/**
 * Products of dense row-major matrices that are added to the contents of the result, like dgemm and dsyrk of BLAS. Shapes that do not fit
 * throw RangeError.
 */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/** out += A B. A is rows x inner, B is inner x columns, out is rows x columns. `out` must not overlap the factors. */
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
 * out += A A^T. A is rows x inner; out is rows x rows and symmetric. The function reads only the lower triangle of out. It writes both
 * triangles, exactly symmetric.
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
