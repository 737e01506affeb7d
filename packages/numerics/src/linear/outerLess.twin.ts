/** (a a^T - M) / 2 and its trace in plain loops: the oracle of the WebAssembly kernel, which must give the same bits. */

export function outerLess(a: Float64Array, matrix: Float64Array, n: number, stride: number): number {
  let trace = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * stride + j] = 0.5 * (a[i]! * a[j]! - matrix[i * stride + j]!);
    trace += matrix[i * stride + i]!;
  }
  return trace;
}
