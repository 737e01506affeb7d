/**
 * Matrix products by their definition: the oracles of the WebAssembly kernels, which must give the same bits. Sums run over k ascending.
 */

/** out += A B. */
export function product(a: Float64Array, b: Float64Array, out: Float64Array, rows: number, inner: number, columns: number): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = out[i * columns + j]!;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * columns + j]!;
      out[i * columns + j] = sum;
    }
  }
}

/** The lower triangle of out += A A^T, copied to the upper. */
export function productWithTranspose(a: Float64Array, out: Float64Array, rows: number, inner: number): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = out[i * rows + j]!;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * a[j * inner + k]!;
      out[i * rows + j] = sum;
      out[j * rows + i] = sum;
    }
  }
}
