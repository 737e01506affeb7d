/** Products of dense row-major matrices, added to what the result holds, as BLAS's dgemm and dsyrk. */

import { product, productWithTranspose } from "./multiply.twin.ts";
import { requireMatrix } from "./shapes.ts";

/** out += A B, with A rows x inner, B inner x columns, out rows x columns. `out` must not overlap the factors. */
export function multiply(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, inner: number, columns: number): void {
  requireMatrix("a", a, rows, inner, inner);
  requireMatrix("b", b, inner, columns, columns);
  requireMatrix("out", out, rows, columns, columns);
  product(a, b, out, rows, inner, columns);
}

/** out += A A^T, with A rows x inner and out symmetric, rows x rows; only its lower triangle is read, both are written, exactly symmetric. */
export function multiplyTransposed(a: Float64Array, out: Float64Array, rows: number, inner: number): void {
  requireMatrix("a", a, rows, inner, inner);
  requireMatrix("out", out, rows, rows, rows);
  productWithTranspose(a, out, rows, inner);
}
