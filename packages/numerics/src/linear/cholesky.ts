/**
 * The Cholesky factor of a symmetric positive definite matrix, A + jitter I = L L^T. A matrix that is not positive definite is no
 * error but a value, and gets a second chance: n eps mean(diag) is added to the diagonal, then ten times as much, and so on; this
 * is relative to the matrix, because an absolute 1e-8 is nothing on a scale of 1e8 and everything on one of 1e-8.
 */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireCount, requireMatrix } from "./shapes.ts";

export type Factorisation =
  | { readonly kind: "factored" /** What was added to the diagonal, in the matrix's own units; mostly 0. */; readonly jitter: number }
  | { readonly kind: "failed"; readonly reason: "notFinite" | "notSymmetric" | "notPositiveDefinite" };

export type FactorisationOptions = {
  /** Numbers from the start of one row to the next, at least n; n by default. */
  readonly stride?: number;
  /** Added to the diagonal at the first try, at least 0; 0 by default. */
  readonly jitter?: number;
};

/**
 * Factors A (row-major n x n, both triangles filled, rows `stride` apart) in place: on success the lower triangle with the diagonal
 * is L, and the strict upper triangle is still A's; on failure `a` is as it was. Tries `jitter`, then n eps mean(diag) times 1, 10,
 * 100, ... where that is more, up to 1e-6 mean(diag).
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
 * Extends a factor of the first n rows by `count` rows in O(n^2 count). Rows n.. of `l` hold covariances with all rows before them
 * and with themselves (lower triangle and diagonal, as A); `jitter` is added to their diagonal. Gives the bits of factoring the
 * whole with that jitter, and like it leaves A in the strict upper triangle, to where it is copied. On failure the new rows are as
 * they were.
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
