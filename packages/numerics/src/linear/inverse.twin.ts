/**
 * The inverse of A = L L^T as Z Z^T with Z = L^-T, unblocked: the oracle of the WebAssembly kernel, which must give the same bits. The
 * solve runs over k descending, the product over k ascending.
 */

/** `out` becomes A^-1, both triangles, rows `stride` apart as those of `l`. */
export function inverse(l: Float64Array, n: number, out: Float64Array, stride: number): void {
  const z = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j >= 0; j--) {
      let rest = i === j ? 1 : 0;
      for (let k = i; k > j; k--) rest -= l[k * stride + j]! * z[k * n + i]!;
      z[j * n + i] = rest / l[j * stride + j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += z[i * n + k]! * z[j * n + k]!;
      out[i * stride + j] = sum;
      out[j * stride + i] = sum;
    }
  }
}
