/**
 * The Cholesky factor of a symmetric positive definite matrix: A + jitter I = L L^T. If the matrix is not positive definite, the result
 * says so; this is not an error. Before that, the function tries again with n eps mean(diag) added to the diagonal, then with ten times as
 * much, and so on. This jitter is relative to the matrix, because an absolute jitter of 1e-8 is too small for a matrix of scale 1e8 and too
 * large for one of scale 1e-8.
 */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireCount, requireMatrix } from "./shapes.ts";

/** Whether a matrix was factored, and if not, why. */
export type Factorisation =
  | { readonly kind: "factored" /** What was added to the diagonal, in the units of the matrix; mostly 0. */; readonly jitter: number }
  | { readonly kind: "failed"; readonly reason: "notFinite" | "notSymmetric" | "notPositiveDefinite" };

export type FactorisationOptions = {
  /**
   * The distance between the starts of two consecutive rows, in numbers. A whole number, at least the number of columns, which is the
   * default.
   */
  readonly stride?: number;
  /** What the first try adds to the diagonal. At least 0; 0 by default. */
  readonly jitter?: number;
};

/**
 * Factors A (row-major n x n, both triangles filled, rows `stride` apart) in place. On success, the lower triangle with the diagonal is L,
 * and the strict upper triangle is still that of A. On failure, `a` is as it was. The function first tries `jitter`, then n eps mean(diag)
 * times 1, 10, 100, ... if this is more, up to 1e-6 mean(diag).
 *
 * @throws RangeError for shapes that do not fit.
 */
export function cholesky(a: Float64Array, n: number, options: FactorisationOptions = {}): Factorisation {
  const { stride = n, jitter = 0 } = options;
  requireMatrix("a", a, n, n, stride);
  const block = blockOf(a);
  if (block === null) {
    const [copy] = borrow(a);
    const outcome = cholesky(copy!, n, options);
    a.set(copy!);
    return outcome;
  }
  const { kernels, scratch, vector: diagonal } = block;
  const step = stride * 8;
  if (kernels.isSymmetric(a.byteOffset, n, step) === 0) return { kind: "failed", reason: whyNotSymmetric(a, n, stride) };
  let mean = 0;
  for (let i = 0; i < n; i++) {
    diagonal[i] = a[i * stride + i]!;
    mean += diagonal[i]! / n;
  }
  for (let extra = jitter; !Number.isNaN(extra); extra = nextJitter(extra, n, mean)) {
    for (let i = 0; i < n; i++) a[i * stride + i] = diagonal[i]! + extra;
    if (kernels.factorColumns(a.byteOffset, 0, n, step, scratch) !== 0) return { kind: "factored", jitter: extra };
    kernels.copyUpper(a.byteOffset, n, step);
  }
  for (let i = 0; i < n; i++) a[i * stride + i] = diagonal[i]!;
  return { kind: "failed", reason: "notPositiveDefinite" };
}

/** The next larger step of the ladder, or NaN at its end. */
function nextJitter(jitter: number, n: number, mean: number): number {
  const most = 1e-6 * mean;
  if (!(jitter < most)) return NaN;
  let next = n * Number.EPSILON * mean;
  while (next <= jitter) next *= 10;
  return Math.min(next, most);
}

function whyNotSymmetric(a: Float64Array, n: number, stride: number): "notFinite" | "notSymmetric" {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (!(Math.abs(a[i * stride + j]!) < Infinity)) return "notFinite";
  }
  return "notSymmetric";
}

/**
 * Extends a factor of the first n rows by `count` rows in O(n^2 count). The rows of `l` from row n on hold the new rows of A: covariances
 * with all earlier rows and with themselves (lower triangle and diagonal). `jitter` is added to their diagonal.
 *
 * The result has the bits of factoring the complete matrix with the same jitter. As there, the strict upper triangle then holds A: the
 * function copies the new rows of A into it. On failure, the new rows are as they were.
 *
 * @throws RangeError for shapes that do not fit.
 */
export function appendRows(l: Float64Array, n: number, count: number, options: FactorisationOptions = {}): Factorisation {
  const total = n + count;
  const { stride = total, jitter = 0 } = options;
  requireCount("count", count);
  requireMatrix("l", l, total, total, stride);
  const block = blockOf(l);
  if (block === null) {
    const [copy] = borrow(l);
    const outcome = appendRows(copy!, n, count, options);
    l.set(copy!);
    return outcome;
  }
  const { kernels, scratch, vector: diagonal } = block;
  let size = 0;
  for (let i = n; i < total; i++) {
    diagonal[i] = l[i * stride + i]!;
    for (let j = 0; j <= i; j++) size = Math.max(size, Math.abs(l[i * stride + j]!));
  }
  if (!(size < Infinity)) return { kind: "failed", reason: "notFinite" };
  for (let i = n; i < total; i++) {
    for (let j = 0; j < i; j++) l[j * stride + i] = l[i * stride + j]!;
    l[i * stride + i] = diagonal[i]! + jitter;
  }
  const step = stride * 8;
  kernels.solveRows(l.byteOffset, n, step, count, scratch);
  if (kernels.factorColumns(l.byteOffset, n, total, step, scratch) !== 0) return { kind: "factored", jitter };
  for (let i = n; i < total; i++) {
    for (let j = 0; j < i; j++) l[i * stride + j] = l[j * stride + i]!;
    l[i * stride + i] = diagonal[i]!;
  }
  return { kind: "failed", reason: "notPositiveDefinite" };
}
