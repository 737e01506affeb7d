/** Sums down columns in plain loops: the oracle of the WebAssembly kernels, which must give the same bits. */

export function addWeightedRows(weights: Float64Array, c: Float64Array, n: number, m: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j]! += weights[i]! * c[i * m + j]!;
}

export function subtractSquares(c: Float64Array, n: number, m: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j]! -= c[i * m + j]! * c[i * m + j]!;
}
