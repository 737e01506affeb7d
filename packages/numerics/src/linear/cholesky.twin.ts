/**
 * The Cholesky factorisation as the definition writes it, row by row and unblocked (Golub & Van Loan, Matrix Computations, 4th ed.,
 * section 4.2): the oracle of the WebAssembly kernel, which must give the same bits. Each element accumulates into itself with k
 * ascending, so a row's bits depend neither on blocking nor on whether it came later.
 */

/**
 * Rows `from`..`to - 1` of the factor, in place in the lower triangle; the rows before are factored already. False at a pivot that is not
 * positive and finite.
 */
export function factorRows(a: Float64Array, from: number, to: number, stride: number): boolean {
  for (let i = from; i < to; i++) {
    for (let j = 0; j < i; j++) a[i * stride + j] = remainder(a, i, j, stride) / a[j * stride + j]!;
    const pivot = remainder(a, i, i, stride);
    if (!(pivot > 0 && pivot < Infinity)) return false;
    a[i * stride + i] = Math.sqrt(pivot);
  }
  return true;
}

/** a_ij - sum_{k<j} l_ik l_jk. */
function remainder(a: Float64Array, i: number, j: number, stride: number): number {
  let rest = a[i * stride + j]!;
  for (let k = 0; k < j; k++) rest -= a[i * stride + k]! * a[j * stride + k]!;
  return rest;
}
