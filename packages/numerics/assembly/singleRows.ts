/**
 * What dense layers and batch normalisation do to the rows and columns of a float32 matrix: src/network/products.ts and
 * src/network/batchNorm.ts. Columns are summed sixteen or four at a time in registers, each with the row ascending.
 */

import { storeFew, storeLanes } from "./singleLanes";

/** Adds `row` to every row of X (m x n). */
export function addRowSingle(x: usize, row: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) {
    addTo(x, row, n);
    x += <usize>n * 4;
  }
}

function addTo(x: usize, row: usize, n: i32): void {
  const end = row + <usize>(n & ~3) * 4;
  for (; row < end; row += 16, x += 16) v128.store(x, f32x4.add(v128.load(x), v128.load(row)));
  if (n & 3) storeFew(x, f32x4.add(v128.load(x), v128.load(row)), n & 3);
}

/** out[j] = the sum of column j of X (m x n). */
export function sumRowsSingle(out: usize, x: usize, m: i32, n: i32): void {
  const step = <usize>n * 4;
  let j = 0;
  for (; j + 16 <= n; j += 16) sumSixteen(out + <usize>j * 4, x + <usize>j * 4, m, step);
  for (; j < n; j += 4) storeLanes(out + <usize>j * 4, sumFour(x + <usize>j * 4, m, step), n - j);
}

function sumSixteen(out: usize, x: usize, m: i32, step: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let i = 0; i < m; i++, x += step) {
    s0 = f32x4.add(s0, v128.load(x));
    s1 = f32x4.add(s1, v128.load(x, 16));
    s2 = f32x4.add(s2, v128.load(x, 32));
    s3 = f32x4.add(s3, v128.load(x, 48));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

function sumFour(x: usize, m: i32, step: usize): v128 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < m; i++, x += step) sum = f32x4.add(sum, v128.load(x));
  return sum;
}

/** Mean and biased variance of every column of X (m x n). */
export function momentsSingle(mean: usize, variance: usize, x: usize, m: i32, n: i32): void {
  const step = <usize>n * 4;
  sumRowsSingle(mean, x, m, n);
  divideBy(mean, <f32>m, n);
  let j: usize = 0;
  for (; j + 64 <= step; j += 64) scatterSixteen(variance + j, x + j, mean + j, m, step);
  for (; j < step; j += 16) storeLanes(variance + j, scatterFour(x + j, v128.load(mean + j), m, step), <i32>((step - j) / 4));
  divideBy(variance, <f32>m, n);
}

function divideBy(out: usize, by: f32, n: i32): void {
  const divisor = f32x4.splat(by);
  for (; n > 0; n -= 4, out += 16) storeLanes(out, f32x4.div(v128.load(out), divisor), n);
}

/** Sums of squared deviations of sixteen columns. */
function scatterSixteen(out: usize, x: usize, mean: usize, m: i32, step: usize): void {
  const m0 = v128.load(mean);
  const m1 = v128.load(mean, 16);
  const m2 = v128.load(mean, 32);
  const m3 = v128.load(mean, 48);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let i = 0; i < m; i++, x += step) {
    const d0 = f32x4.sub(v128.load(x), m0);
    const d1 = f32x4.sub(v128.load(x, 16), m1);
    const d2 = f32x4.sub(v128.load(x, 32), m2);
    const d3 = f32x4.sub(v128.load(x, 48), m3);
    s0 = f32x4.add(s0, f32x4.mul(d0, d0));
    s1 = f32x4.add(s1, f32x4.mul(d1, d1));
    s2 = f32x4.add(s2, f32x4.mul(d2, d2));
    s3 = f32x4.add(s3, f32x4.mul(d3, d3));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

function scatterFour(x: usize, mean: v128, m: i32, step: usize): v128 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < m; i++, x += step) {
    const deviation = f32x4.sub(v128.load(x), mean);
    sum = f32x4.add(sum, f32x4.mul(deviation, deviation));
  }
  return sum;
}

/** Columns whose square roots or factors are held in scratch at a time. */
const CHUNK: i32 = 16384;

/** xHat = (x - mean) / sqrt(variance + epsilon), y = gamma xHat + beta. `scratch` has room for CHUNK numbers. */
export function normaliseSingle(
  y: usize,
  xHat: usize,
  x: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  m: i32,
  n: i32,
  scratch: usize,
): void {
  const step = <usize>n * 4;
  for (let left = 0; left < n; left += CHUNK) {
    const columns = min<i32>(CHUNK, n - left);
    const start = <usize>left * 4;
    const floor = f32x4.splat(epsilon);
    for (let j: usize = 0; j < <usize>columns * 4; j += 16) {
      v128.store(scratch + j, f32x4.sqrt(f32x4.add(v128.load(variance + start + j), floor)));
    }
    let at = start;
    for (let i = 0; i < m; i++, at += step) {
      normaliseRow(y + at, xHat + at, x + at, mean + start, scratch, gamma + start, beta + start, columns);
    }
  }
}

function normaliseRow(y: usize, xHat: usize, x: usize, mean: usize, spread: usize, gamma: usize, beta: usize, n: i32): void {
  const whole = <usize>(n & ~3) * 4;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const standardised = f32x4.div(f32x4.sub(v128.load(x + at), v128.load(mean + at)), v128.load(spread + at));
    v128.store(xHat + at, standardised);
    v128.store(y + at, f32x4.add(f32x4.mul(v128.load(gamma + at), standardised), v128.load(beta + at)));
  }
  if (n & 3) {
    const standardised = f32x4.div(f32x4.sub(v128.load(x + at), v128.load(mean + at)), v128.load(spread + at));
    storeFew(xHat + at, standardised, n & 3);
    storeFew(y + at, f32x4.add(f32x4.mul(v128.load(gamma + at), standardised), v128.load(beta + at)), n & 3);
  }
}

/** The gradients of batch normalisation. `scratch` has room for 3 CHUNK numbers. */
export function normaliseBackwardSingle(
  dx: usize,
  dGamma: usize,
  dBeta: usize,
  dy: usize,
  xHat: usize,
  variance: usize,
  gamma: usize,
  epsilon: f32,
  m: i32,
  n: i32,
  scratch: usize,
): void {
  const step = <usize>n * 4;
  sumRowsSingle(dBeta, dy, m, n);
  let j: usize = 0;
  for (; j + 64 <= step; j += 64) sumProductsSixteen(dGamma + j, dy + j, xHat + j, m, step);
  for (; j < step; j += 16) storeLanes(dGamma + j, sumProductsFour(dy + j, xHat + j, m, step), <i32>((step - j) / 4));
  const meanSum = scratch;
  const meanAlong = meanSum + CHUNK * 4;
  const factor = meanAlong + CHUNK * 4;
  const count = f32x4.splat(<f32>m);
  const floor = f32x4.splat(epsilon);
  for (let left = 0; left < n; left += CHUNK) {
    const columns = min<i32>(CHUNK, n - left);
    const start = <usize>left * 4;
    for (let at: usize = 0; at < <usize>columns * 4; at += 16) {
      v128.store(meanSum + at, f32x4.div(v128.load(dBeta + start + at), count));
      v128.store(meanAlong + at, f32x4.div(v128.load(dGamma + start + at), count));
      const spread = f32x4.sqrt(f32x4.add(v128.load(variance + start + at), floor));
      v128.store(factor + at, f32x4.div(v128.load(gamma + start + at), spread));
    }
    let at = start;
    for (let i = 0; i < m; i++, at += step) normaliseBackwardRow(dx + at, dy + at, xHat + at, meanSum, meanAlong, factor, columns);
  }
}

/** The sums of dy xHat of sixteen columns. */
function sumProductsSixteen(out: usize, dy: usize, xHat: usize, m: i32, step: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let i = 0; i < m; i++, dy += step, xHat += step) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(dy), v128.load(xHat)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(dy, 16), v128.load(xHat, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(dy, 32), v128.load(xHat, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(dy, 48), v128.load(xHat, 48)));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

function sumProductsFour(dy: usize, xHat: usize, m: i32, step: usize): v128 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < m; i++, dy += step, xHat += step) sum = f32x4.add(sum, f32x4.mul(v128.load(dy), v128.load(xHat)));
  return sum;
}

function normaliseBackwardRow(dx: usize, dy: usize, xHat: usize, meanSum: usize, meanAlong: usize, factor: usize, n: i32): void {
  const whole = <usize>(n & ~3) * 4;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const centred = f32x4.sub(v128.load(dy + at), v128.load(meanSum + at));
    const along = f32x4.mul(v128.load(xHat + at), v128.load(meanAlong + at));
    v128.store(dx + at, f32x4.mul(v128.load(factor + at), f32x4.sub(centred, along)));
  }
  if (n & 3) {
    const centred = f32x4.sub(v128.load(dy + at), v128.load(meanSum + at));
    const along = f32x4.mul(v128.load(xHat + at), v128.load(meanAlong + at));
    storeFew(dx + at, f32x4.mul(v128.load(factor + at), f32x4.sub(centred, along)), n & 3);
  }
}
