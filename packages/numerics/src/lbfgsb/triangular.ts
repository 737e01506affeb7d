/**
 * Cholesky factors and triangular solves of the small matrices of L-BFGS-B, whose order is the number of pairs remembered (10): for
 * these a plain loop is faster than a call of the blocked kernels, and a matrix that is not positive definite is an answer, not a case
 * for jitter.
 */

/** In place: the lower triangle of `a` (rows `stride` apart) becomes its Cholesky factor. False where a pivot is not positive. */
export function factor(a: Float64Array, n: number, stride: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * stride;
    for (let j = 0; j < i; j++) {
      const other = j * stride;
      let sum = a[row + j]!;
      for (let k = 0; k < j; k++) sum -= a[row + k]! * a[other + k]!;
      a[row + j] = sum / a[other + j]!;
    }
    let pivot = a[row + i]!;
    for (let k = 0; k < i; k++) pivot -= a[row + k]! * a[row + k]!;
    // Written so that NaN fails too.
    if (!(pivot > 0 && pivot < Infinity)) return false;
    a[row + i] = Math.sqrt(pivot);
  }
  return true;
}

/** L x = b for x, in place, in b[from .. from + n). */
export function solveForward(l: Float64Array, n: number, stride: number, b: Float64Array, from: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * stride;
    let sum = b[from + i]!;
    for (let k = 0; k < i; k++) sum -= l[row + k]! * b[from + k]!;
    b[from + i] = sum / l[row + i]!;
  }
}

/** L^T x = b for x, in place, in b[from .. from + n). Runs along rows of L, as they lie in memory. */
export function solveBackward(l: Float64Array, n: number, stride: number, b: Float64Array, from: number): void {
  for (let i = n - 1; i >= 0; i--) {
    const row = i * stride;
    const x = b[from + i]! / l[row + i]!;
    b[from + i] = x;
    for (let k = 0; k < i; k++) b[from + k]! -= l[row + k]! * x;
  }
}
