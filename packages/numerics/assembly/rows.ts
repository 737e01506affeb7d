/**
 * What predictions do to a row-major matrix with a column for each: src/linear/rows.ts. Where columns are summed, eight at a time stay in
 * registers.
 */

/** out[j] += the sum over the rows i, first to last, of weights[i] c[i, j]; c n x m. */
export function addWeightedRows(weights: usize, c: usize, n: i32, m: i32, out: usize): void {
  const step = <usize>m * 8;
  let j = 0;
  for (; j + 8 <= m; j += 8) weighEight(weights, c + <usize>j * 8, n, step, out + <usize>j * 8);
  for (; j < m; j++) {
    const to = out + <usize>j * 8;
    let sum = load<f64>(to);
    let at = c + <usize>j * 8;
    for (let i: usize = 0; i < <usize>n * 8; i += 8, at += step) sum += load<f64>(weights + i) * load<f64>(at);
    store<f64>(to, sum);
  }
}

/** out[j] -= the squares of c[i, j], row after row; c n x m. */
export function subtractSquares(c: usize, n: i32, m: i32, out: usize): void {
  const step = <usize>m * 8;
  let j = 0;
  for (; j + 8 <= m; j += 8) squareEight(c + <usize>j * 8, n, step, out + <usize>j * 8);
  for (; j < m; j++) {
    const to = out + <usize>j * 8;
    let rest = load<f64>(to);
    let at = c + <usize>j * 8;
    for (let i = 0; i < n; i++, at += step) {
      const value = load<f64>(at);
      rest -= value * value;
    }
    store<f64>(to, rest);
  }
}

/** out[j] becomes the most of itself and every scales[i] c[i, j]^2; c n x m. */
export function greatestSquares(scales: usize, c: usize, n: i32, m: i32, out: usize): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 8) {
    greatestOfRow(load<f64>(scales + i), c, m, out);
    c += <usize>m * 8;
  }
}

function greatestOfRow(scale: f64, c: usize, m: i32, out: usize): void {
  const scales = f64x2.splat(scale);
  const even = <usize>(m & ~1) * 8;
  for (let at: usize = 0; at < even; at += 16) {
    const value = v128.load(c + at);
    v128.store(out + at, f64x2.max(v128.load(out + at), f64x2.mul(f64x2.mul(value, value), scales)));
  }
  if (m & 1) {
    const value = load<f64>(c + even);
    store<f64>(out + even, max<f64>(load<f64>(out + even), value * value * scale));
  }
}

/** c[i, j] becomes factors[j] c[i, j] + weights[i] others[j]; c n x m. */
export function combineRows(factors: usize, c: usize, weights: usize, others: usize, n: i32, m: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 8) {
    combineRow(factors, c, load<f64>(weights + i), others, m);
    c += <usize>m * 8;
  }
}

function combineRow(factors: usize, c: usize, weight: f64, others: usize, m: i32): void {
  const weights = f64x2.splat(weight);
  const even = <usize>(m & ~1) * 8;
  for (let at: usize = 0; at < even; at += 16) {
    const scaled = f64x2.mul(v128.load(factors + at), v128.load(c + at));
    v128.store(c + at, f64x2.add(scaled, f64x2.mul(weights, v128.load(others + at))));
  }
  if (m & 1) store<f64>(c + even, load<f64>(factors + even) * load<f64>(c + even) + weight * load<f64>(others + even));
}

function weighEight(weights: usize, c: usize, n: i32, step: usize, out: usize): void {
  let s0 = v128.load(out);
  let s1 = v128.load(out, 16);
  let s2 = v128.load(out, 32);
  let s3 = v128.load(out, 48);
  const end = weights + <usize>n * 8;
  for (; weights < end; weights += 8) {
    const weight = v128.load_splat<f64>(weights);
    s0 = f64x2.add(s0, f64x2.mul(weight, v128.load(c)));
    s1 = f64x2.add(s1, f64x2.mul(weight, v128.load(c, 16)));
    s2 = f64x2.add(s2, f64x2.mul(weight, v128.load(c, 32)));
    s3 = f64x2.add(s3, f64x2.mul(weight, v128.load(c, 48)));
    c += step;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

function squareEight(c: usize, n: i32, step: usize, out: usize): void {
  let s0 = v128.load(out);
  let s1 = v128.load(out, 16);
  let s2 = v128.load(out, 32);
  let s3 = v128.load(out, 48);
  for (let i = 0; i < n; i++) {
    const c0 = v128.load(c);
    const c1 = v128.load(c, 16);
    const c2 = v128.load(c, 32);
    const c3 = v128.load(c, 48);
    s0 = f64x2.sub(s0, f64x2.mul(c0, c0));
    s1 = f64x2.sub(s1, f64x2.mul(c1, c1));
    s2 = f64x2.sub(s2, f64x2.mul(c2, c2));
    s3 = f64x2.sub(s3, f64x2.mul(c3, c3));
    c += step;
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}
