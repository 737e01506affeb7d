/** Matrices for the tests. */

/** Numbers in [-1, 1) from a linear congruential generator (Numerical Recipes' ranqd1), the same for the same seed. */
export function noise(out: Float64Array, seed: number): void {
  let state = Math.imul(seed + 1, 747796405);
  for (let i = 0; i < out.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    out[i] = (state ^ (state >>> 13)) / 2147483648;
  }
}

/** Noise in all of `out`, then a symmetric, diagonally dominant matrix in its rows. */
export function positiveDefinite(out: Float64Array, n: number, stride: number, seed: number): void {
  noise(out, seed);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) out[j * stride + i] = out[i * stride + j]!;
    out[i * stride + i] = n + 1;
  }
}
