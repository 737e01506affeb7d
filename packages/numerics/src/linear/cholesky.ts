/**
 * The Cholesky factor of a symmetric positive definite matrix, A + jitter I = L L^T. A matrix that is not positive definite is no
 * error but a value, and gets a second chance: n eps mean(diag) is added to the diagonal, then ten times as much, and so on; this
 * is relative to the matrix, because an absolute 1e-8 is nothing on a scale of 1e8 and everything on one of 1e-8.
 */

import { factorRows } from "./cholesky.twin.ts";
import { requireMatrix } from "./shapes.ts";

export type Factorisation =
  | { readonly kind: "factored" /** What was added to the diagonal, in the matrix's own units; mostly 0. */; readonly jitter: number }
  | { readonly kind: "failed"; readonly reason: "notFinite" | "notSymmetric" | "notPositiveDefinite" };

export type FactorisationOptions = {
  /** Numbers from the start of one row to the next; n when left out. */
  readonly stride?: number;
  /** Added to the diagonal at the first try; 0 when left out. */
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
  const fault = symmetryFault(a, n, stride);
  if (fault !== null) return { kind: "failed", reason: fault };
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * stride + i]!);
  const scale = diagonal.reduce((sum, x) => sum + x / n, 0);
  for (let extra = jitter; ; extra = nextJitter(extra, n, scale)) {
    if (Number.isNaN(extra)) return { kind: "failed", reason: "notPositiveDefinite" };
    for (let i = 0; i < n; i++) a[i * stride + i] = diagonal[i]! + extra;
    if (factorRows(a, 0, n, stride)) return { kind: "factored", jitter: extra };
    for (let i = 0; i < n; i++) {
      a[i * stride + i] = diagonal[i]!;
      for (let j = 0; j < i; j++) a[i * stride + j] = a[j * stride + i]!;
    }
  }
}

/** The next larger step of the ladder, or NaN at its end. */
function nextJitter(jitter: number, n: number, scale: number): number {
  const most = 1e-6 * scale;
  if (!(jitter < most)) return NaN;
  let next = n * Number.EPSILON * scale;
  while (next <= jitter) next *= 10;
  return Math.min(next, most);
}

function symmetryFault(a: Float64Array, n: number, stride: number): "notFinite" | "notSymmetric" | null {
  let symmetric = true;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const below = a[i * stride + j]!;
      const above = a[j * stride + i]!;
      if (!(Math.abs(below) < Infinity && Math.abs(above) < Infinity)) return "notFinite";
      if (below !== above) symmetric = false;
    }
  }
  return symmetric ? null : "notSymmetric";
}

/**
 * Extends a factor of the first n rows by `count` rows in O(n^2 count). Rows n.. of `l` hold covariances with all rows before them
 * and with themselves (lower triangle and diagonal, as A); `jitter` is added to their diagonal. Gives the bits of factoring the
 * whole with that jitter, and like it leaves A in the strict upper triangle. On failure the new rows are as they were.
 */
export function appendRows(l: Float64Array, n: number, count: number, options: FactorisationOptions = {}): Factorisation {
  const total = n + count;
  const { stride = total, jitter = 0 } = options;
  requireMatrix("l", l, total, total, stride);
  const diagonal = Float64Array.from({ length: count }, (_, i) => l[(n + i) * stride + n + i]!);
  let finite = true;
  for (let i = n; i < total; i++) {
    for (let j = 0; j <= i; j++) {
      const value = l[i * stride + j]!;
      finite &&= Math.abs(value) < Infinity;
      l[j * stride + i] = value;
    }
  }
  if (!finite) return { kind: "failed", reason: "notFinite" };
  for (let i = n; i < total; i++) l[i * stride + i] = diagonal[i - n]! + jitter;
  if (factorRows(l, n, total, stride)) return { kind: "factored", jitter };
  for (let i = n; i < total; i++) {
    l[i * stride + i] = diagonal[i - n]!;
    for (let j = 0; j < i; j++) l[i * stride + j] = l[j * stride + i]!;
  }
  return { kind: "failed", reason: "notPositiveDefinite" };
}
