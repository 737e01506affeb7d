/** What a Gaussian process's evidence weighs the derivatives of its covariances by: src/linear/outerLess.ts. */

/** m, n x n and rows `step` apart, becomes (a a^T - m) / 2. Returns the sum of its diagonal, from the first row to the last. */
export function outerLess(a: usize, m: usize, n: i32, step: usize): f64 {
  let trace: f64 = 0;
  for (let i: usize = 0; i < <usize>n * 8; i += 8) {
    rowLess(a, load<f64>(a + i), m, n);
    trace += load<f64>(m + i);
    m += step;
  }
  return trace;
}

function rowLess(a: usize, factor: f64, m: usize, n: i32): void {
  const end = a + <usize>(n & ~1) * 8;
  const half = f64x2.splat(0.5);
  const factors = f64x2.splat(factor);
  for (; a < end; a += 16) {
    v128.store(m, f64x2.mul(half, f64x2.sub(f64x2.mul(factors, v128.load(a)), v128.load(m))));
    m += 16;
  }
  if (n & 1) store<f64>(m, 0.5 * (factor * load<f64>(a) - load<f64>(m)));
}
