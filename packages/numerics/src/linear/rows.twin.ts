/** Sums down columns, and combinations, in plain loops: the oracle of the WebAssembly kernels, which must give the same bits. */

export function addWeightedRows(weights: Float64Array, c: Float64Array, n: number, m: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j]! += weights[i]! * c[i * m + j]!;
}

export function subtractSquares(c: Float64Array, n: number, m: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j]! -= c[i * m + j]! * c[i * m + j]!;
}

export function combineRows(
  factors: Float64Array,
  c: Float64Array,
  weights: Float64Array,
  others: Float64Array,
  n: number,
  m: number,
): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) c[i * m + j] = factors[j]! * c[i * m + j]! + weights[i]! * others[j]!;
}

export function greatestSquares(scales: Float64Array, c: Float64Array, n: number, m: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j] = Math.max(out[j]!, c[i * m + j]! * c[i * m + j]! * scales[i]!);
}
