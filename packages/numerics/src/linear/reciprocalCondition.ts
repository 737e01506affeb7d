/**
 * An estimate of 1 / (||A||_1 ||A^-1||_1) from the Cholesky factor of A, by a few products and solves with it: N. J. Higham, FORTRAN codes
 * for estimating the one-norm of a real or complex matrix, ACM TOMS 14 (1988), algorithm 4.1 (LAPACK's dlacn2, after W. W. Hager). The
 * estimates of both norms are lower bounds, and seldom wrong by more than a factor of three. So the true reciprocal condition is at most
 * the result.
 */

import { requireMatrix } from "./shapes.ts";
import { solveLower, solveLowerTransposed } from "./solve.ts";

/**
 * Estimates the reciprocal condition number of L L^T in the 1-norm. `l` is n x n with rows `stride` apart. The result is in [0, 1], and 1
 * for n = 0. Below about 1e-10, solutions need a step of refinement. Throws RangeError for shapes that do not fit.
 */
export function reciprocalCondition(l: Float64Array, n: number, stride: number = n): number {
  requireMatrix("l", l, n, n, stride);
  if (n === 0) return 1;
  const ofMatrix = symmetricNorm(n, (x) => multiplyByFactors(l, n, x, stride));
  const ofInverse = symmetricNorm(n, (x) => {
    solveLower(l, n, x, 1, stride);
    solveLowerTransposed(l, n, x, 1, stride);
  });
  const product = ofMatrix * ofInverse;
  return product >= 1 ? 1 / product : product > 0 ? 1 : 0;
}

/** ||S||_1 of a symmetric S given by what it does to a vector, in place. */
function symmetricNorm(n: number, apply: (x: Float64Array) => void): number {
  const x = new Float64Array(n).fill(1 / n);
  apply(x);
  let norm = sumOfSizes(x);
  for (let iteration = 0, last = -1; iteration < 5; iteration++) {
    for (let i = 0; i < n; i++) x[i] = x[i]! < 0 ? -1 : 1;
    apply(x);
    const largest = indexOfLargest(x);
    if (largest === last) break;
    last = largest;
    x.fill(0);
    x[largest] = 1;
    apply(x);
    const next = sumOfSizes(x);
    if (next <= norm) break;
    norm = next;
  }
  // The vector that catches matrices built to deceive the iteration (Higham's section 2.3).
  for (let i = 0; i < n; i++) x[i] = (i % 2 === 0 ? 1 : -1) * (1 + i / Math.max(1, n - 1));
  apply(x);
  return Math.max(norm, (2 * sumOfSizes(x)) / (3 * n));
}

/** x becomes L (L^T x). */
function multiplyByFactors(l: Float64Array, n: number, x: Float64Array, stride: number): void {
  for (let i = 0; i < n; i++) {
    // Element i of L^T x needs the elements of x from i on, so going down it may overwrite x.
    let sum = 0;
    for (let k = i; k < n; k++) sum += l[k * stride + i]! * x[k]!;
    x[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += l[i * stride + k]! * x[k]!;
    x[i] = sum;
  }
}

function sumOfSizes(x: Float64Array): number {
  let sum = 0;
  for (const value of x) sum += Math.abs(value);
  return sum;
}

function indexOfLargest(x: Float64Array): number {
  let largest = 0;
  for (let i = 1; i < x.length; i++) if (Math.abs(x[i]!) > Math.abs(x[largest]!)) largest = i;
  return largest;
}
