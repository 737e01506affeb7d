/** Panels for the tile kernel: four columns of a matrix side by side, one packed row for each k, so that they are read in one sweep. */

import { ROW } from "./tile";

/** Flips the sign of both lanes, or of none. @inline */
function signs(negate: bool): v128 {
  return negate ? f64x2.splat(-0.0) : f64x2.splat(0);
}

/**
 * `count` numbers of each of `rows` (1 to 4) rows, `step` bytes apart, become `count` packed rows: the transpose. Rows that are missing
 * repeat the last one.
 */
export function packRows(from: usize, step: usize, rows: i32, count: i32, to: usize, negate: bool): void {
  const sign = signs(negate);
  let r0 = from;
  let r1 = rows > 1 ? r0 + step : r0;
  let r2 = rows > 2 ? r1 + step : r1;
  let r3 = rows > 3 ? r2 + step : r2;
  const end = to + <usize>(count & ~1) * ROW;
  while (to < end) {
    const x0 = v128.xor(v128.load(r0), sign);
    const x1 = v128.xor(v128.load(r1), sign);
    const x2 = v128.xor(v128.load(r2), sign);
    const x3 = v128.xor(v128.load(r3), sign);
    v128.store(to, v128.shuffle<f64>(x0, x1, 0, 2));
    v128.store(to, v128.shuffle<f64>(x2, x3, 0, 2), 16);
    v128.store(to, v128.shuffle<f64>(x0, x1, 1, 3), 32);
    v128.store(to, v128.shuffle<f64>(x2, x3, 1, 3), 48);
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    to += 2 * ROW;
  }
  if (count & 1) {
    v128.store(to, v128.xor(v128.load64_lane(r1, v128.load64_zero(r0), 1), sign));
    v128.store(to, v128.xor(v128.load64_lane(r3, v128.load64_zero(r2), 1), sign), 16);
  }
}

/** The reverse: `count` packed rows become `count` numbers of each of `rows` rows. */
export function unpackRows(from: usize, count: i32, to: usize, step: usize, rows: i32): void {
  for (let r = 0; r < rows; r++) {
    const row = to + <usize>r * step;
    for (let k = 0; k < count; k++) store<f64>(row + <usize>k * 8, load<f64>(from + <usize>k * ROW + <usize>r * 8));
  }
}

/**
 * `count` rows, `step` bytes apart (backwards where negative), of `columns` (1 to 4) numbers become packed rows; columns that are missing
 * are zeros.
 */
export function packColumns(from: usize, step: usize, columns: i32, count: i32, to: usize, negate: bool): void {
  const sign = signs(negate);
  const end = to + <usize>count * ROW;
  const none = f64x2.splat(0);
  for (; to < end; to += ROW) {
    let low = none;
    let high = none;
    if (columns === 4) {
      low = v128.load(from);
      high = v128.load(from, 16);
    } else {
      low = columns > 1 ? v128.load(from) : v128.load64_zero(from);
      if (columns > 2) high = v128.load64_zero(from, 16);
    }
    v128.store(to, v128.xor(low, sign));
    v128.store(to, v128.xor(high, sign), 16);
    from += step;
  }
}

/** The reverse. */
export function unpackColumns(from: usize, count: i32, to: usize, step: usize, columns: i32): void {
  const end = from + <usize>count * ROW;
  for (; from < end; from += ROW) {
    const low = v128.load(from);
    if (columns === 4) {
      v128.store(to, low);
      v128.store(to, v128.load(from, 16), 16);
    } else {
      if (columns > 1) v128.store(to, low);
      else v128.store64_lane(to, low, 0);
      if (columns > 2) store<f64>(to, load<f64>(from, 16), 16);
    }
    to += step;
  }
}
