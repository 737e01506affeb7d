/**
 * Triangular solves as the definitions write them (Golub & Van Loan, section 3.1): the oracles of the WebAssembly kernels, which
 * must give the same bits. Forward substitution accumulates with k ascending, back substitution with k descending from the last row.
 */

/** L X = B in place; b is row-major n x columns. */
export function forward(l: Float64Array, n: number, b: Float64Array, columns: number, stride: number): void {
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < columns; c++) {
      let rest = b[i * columns + c]!;
      for (let k = 0; k < i; k++) rest -= l[i * stride + k]! * b[k * columns + c]!;
      b[i * columns + c] = rest / l[i * stride + i]!;
    }
  }
}

/** L^T X = B in place. */
export function backward(l: Float64Array, n: number, b: Float64Array, columns: number, stride: number): void {
  for (let i = n - 1; i >= 0; i--) {
    for (let c = 0; c < columns; c++) {
      let rest = b[i * columns + c]!;
      for (let k = n - 1; k > i; k--) rest -= l[k * stride + i]! * b[k * columns + c]!;
      b[i * columns + c] = rest / l[i * stride + i]!;
    }
  }
}
