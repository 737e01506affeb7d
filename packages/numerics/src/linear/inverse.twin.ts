/**
 * The inverse of A = L L^T as M^T M with M = L^-1 (LAPACK's dtrtri and dlauum, unblocked): the oracle of the WebAssembly kernel,
 * which must give the same bits. Every sum runs over k ascending.
 */

/** `out` becomes A^-1, both triangles, rows `stride` apart as those of `l`. */
export function inverse(l: Float64Array, n: number, out: Float64Array, stride: number): void {
  for (let j = 0; j < n; j++) {
    out[j * stride + j] = 1 / l[j * stride + j]!;
    for (let i = j + 1; i < n; i++) {
      let rest = 0;
      for (let k = j; k < i; k++) rest -= l[i * stride + k]! * out[k * stride + j]!;
      out[i * stride + j] = rest / l[i * stride + i]!;
    }
  }
  // Row i of the product needs rows i and below of M, so going down it may overwrite M.
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += out[k * stride + i]! * out[k * stride + j]!;
      out[j * stride + i] = sum;
    }
    for (let j = 0; j <= i; j++) out[i * stride + j] = out[j * stride + i]!;
  }
}
