/**
 * Products of float32 matrices, C = A B and with either factor transposed. B is packed in panels of eight columns: of as many rows that one
 * panel stays in the first cache next to four rows of A, of as many panels that all stay in the second. Sums over more rows than that are
 * taken up again where C holds them.
 */

import { addColumnsProduct, addRowsProduct, WIDTH } from "./singleTile";

/** Rows of B packed at a time. */
const DEPTH: i32 = 256;
/** Packed rows of eight in all: 64 kB. */
const PACKED: i32 = 2048;

/** Columns of A^T in more rows than this are packed too: their cache lines are so many that they would evict each other. */
const FEW: i32 = 64;

/** C (m x n) = A (m x k) B (k x n). `scratch` has room for what is packed. */
export function multiplySingle(c: usize, a: usize, b: usize, m: i32, k: i32, n: i32, scratch: usize): void {
  product(c, a, b, m, k, n, false, false, scratch);
}

/** C (m x n) = A^T B, A (k x m), B (k x n). */
export function multiplySingleLeftTransposed(c: usize, a: usize, b: usize, m: i32, k: i32, n: i32, scratch: usize): void {
  product(c, a, b, m, k, n, true, false, scratch);
}

/** C (m x n) = A B^T, A (m x k), B (n x k). */
export function multiplySingleRightTransposed(c: usize, a: usize, b: usize, m: i32, k: i32, n: i32, scratch: usize): void {
  product(c, a, b, m, k, n, false, true, scratch);
}

function product(c: usize, a: usize, b: usize, m: i32, k: i32, n: i32, aTransposed: bool, bTransposed: bool, scratch: usize): void {
  const strip = scratch + <usize>PACKED * WIDTH;
  if (k === 0) memory.fill(c, 0, <usize>m * <usize>n * 4);
  for (let begin = 0; begin < k; begin += DEPTH) {
    const count = min<i32>(DEPTH, k - begin);
    const wide = (PACKED / count) * 8;
    for (let left = 0; left < n; left += wide) {
      const columns = min<i32>(wide, n - left);
      for (let j = 0; j < columns; j += 8) {
        const to = scratch + <usize>(j / 8) * <usize>count * WIDTH;
        if (bTransposed)
          packTransposed(b + (<usize>(left + j) * <usize>k + <usize>begin) * 4, <usize>k * 4, min<i32>(8, columns - j), count, to);
        else pack(b + (<usize>begin * <usize>n + <usize>(left + j)) * 4, <usize>n * 4, count, to);
      }
      for (let i = 0; i < m; i += 4) {
        let fromA = aTransposed ? a + (<usize>begin * <usize>m + <usize>i) * 4 : a + (<usize>i * <usize>k + <usize>begin) * 4;
        let step = <usize>(aTransposed ? m : k) * 4;
        if (aTransposed && count > FEW) {
          packStrip(fromA, step, count, strip);
          fromA = strip;
          step = 16;
        }
        for (let j = 0; j < columns; j += 8) {
          const to = c + (<usize>i * <usize>n + <usize>(left + j)) * 4;
          const panel = scratch + <usize>(j / 8) * <usize>count * WIDTH;
          const rows = min<i32>(4, m - i);
          if (aTransposed) addColumnsProduct(to, <usize>n * 4, rows, columns - j, fromA, step, panel, count, begin === 0);
          else addRowsProduct(to, <usize>n * 4, rows, columns - j, fromA, step, panel, count, begin === 0);
        }
      }
    }
  }
}

/** `count` rows, `step` bytes apart, of four columns. */
function packStrip(from: usize, step: usize, count: i32, to: usize): void {
  const end = to + <usize>count * 16;
  for (; to < end; to += 16) {
    v128.store(to, v128.load(from));
    from += step;
  }
}

/** `count` rows, `step` bytes apart, of eight columns. What lies beyond the last column comes along and is never stored. */
function pack(from: usize, step: usize, count: i32, to: usize): void {
  const end = to + <usize>count * WIDTH;
  for (; to < end; to += WIDTH) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    from += step;
  }
}

/**
 * `count` numbers of each of `columns` (1 to 8) rows, `step` bytes apart, become `count` packed rows. Rows that are missing repeat the last
 * one.
 */
function packTransposed(from: usize, step: usize, columns: i32, count: i32, to: usize): void {
  packFour(from, step, columns, count, to);
  if (columns > 4) packFour(from + 4 * step, step, columns - 4, count, to + 16);
}

function packFour(from: usize, step: usize, columns: i32, count: i32, to: usize): void {
  let r0 = from;
  let r1 = columns > 1 ? r0 + step : r0;
  let r2 = columns > 2 ? r1 + step : r1;
  let r3 = columns > 3 ? r2 + step : r2;
  const end = to + <usize>(count & ~3) * WIDTH;
  while (to < end) {
    const x0 = v128.load(r0);
    const x1 = v128.load(r1);
    const x2 = v128.load(r2);
    const x3 = v128.load(r3);
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(to, v128.shuffle<f64>(low01, low23, 1, 3), WIDTH);
    v128.store(to, v128.shuffle<f64>(high01, high23, 0, 2), 2 * WIDTH);
    v128.store(to, v128.shuffle<f64>(high01, high23, 1, 3), 3 * WIDTH);
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    to += 4 * WIDTH;
  }
  for (let rest = count & 3; rest > 0; rest--) {
    store<f32>(to, load<f32>(r0));
    store<f32>(to, load<f32>(r1), 4);
    store<f32>(to, load<f32>(r2), 8);
    store<f32>(to, load<f32>(r3), 12);
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
    to += WIDTH;
  }
}
