/**
 * The Cholesky factorisation A = L L^T in place in the lower triangle, in block columns, left-looking (Golub & Van Loan, Matrix
 * Computations, 4th ed., section 4.2.7): a block column first loses what the columns left of it contribute, then is factored tile by
 * tile. The strict upper triangle is neither read nor written. Every element is a_ij less l_ik l_jk with k ascending, whatever the
 * blocks.
 */

import { packRows } from "./pack";
import { ROW, subtractProduct } from "./tile";

/** Columns of a block, and of how many columns left of it the contribution is packed at a time. */
const BLOCK: i32 = 64;
const CHUNK: i32 = 256;
/** Bytes of a packed tile of four columns. */
const PACK: usize = <usize>(CHUNK + BLOCK) * ROW;
const TILE: usize = 4 * ROW;

/**
 * Factors columns `from`..`n - 1`, rows `step` bytes apart; the columns before are factored down to row n - 1. False at a pivot that is
 * not positive and finite. The scratch takes TILE + BLOCK / 4 * PACK bytes.
 */
export function factorColumns(a: usize, from: i32, n: i32, step: usize, scratch: usize): bool {
  for (let first = from; first < n; first += BLOCK) {
    const last = min(first + BLOCK, n);
    let left = 0;
    for (; first - left > CHUNK; left += CHUNK) {
      packBlock(a, step, first, last, left, CHUNK, scratch);
      for (let i = first; i < n; i += 4) subtractRows(a, step, n, i, first, last, left, CHUNK, scratch);
    }
    packBlock(a, step, first, last, left, first - left, scratch);
    for (let i = first; i < n; i += 4) {
      factorRows(a, step, n, i, first, last, left, scratch);
      if (i < last && !factorDiagonal(a, step, n, i, first, left, scratch)) return false;
    }
  }
  return true;
}

/** Packs rows `first`..`last - 1`, columns `left`..`left + count - 1`, four rows a tile. */
function packBlock(a: usize, step: usize, first: i32, last: i32, left: i32, count: i32, scratch: usize): void {
  for (let j = first, to = scratch + TILE; j < last; j += 4, to += PACK) {
    packRows(a + <usize>j * step + <usize>left * 8, step, min(4, last - j), count, to, false);
  }
}

/** Four rows of the block column lose the contribution of `count` packed columns. */
function subtractRows(a: usize, step: usize, n: i32, i: i32, first: i32, last: i32, left: i32, count: i32, scratch: usize): void {
  const rows = min(4, n - i);
  const row = a + <usize>i * step;
  const top = min(i, last);
  let pack = scratch + TILE;
  for (let j = first; j < top; j += 4, pack += PACK) {
    subtractProduct(row + <usize>j * 8, step, rows, row + <usize>left * 8, step, 8, pack, count);
  }
  if (i < last) {
    loadDiagonal(row + <usize>i * 8, step, rows, scratch);
    subtractProduct(scratch, ROW, rows, row + <usize>left * 8, step, 8, pack, count);
    storeDiagonal(scratch, row + <usize>i * 8, step, rows);
  }
}

/** Four rows of the factor, in the tiles of the block column that lie left of the diagonal. */
function factorRows(a: usize, step: usize, n: i32, i: i32, first: i32, last: i32, left: i32, scratch: usize): void {
  const rows = min(4, n - i);
  const row = a + <usize>i * step;
  const top = min(i, last);
  let pack = scratch + TILE;
  for (let j = first; j < top; j += 4, pack += PACK) {
    subtractProduct(row + <usize>j * 8, step, rows, row + <usize>left * 8, step, 8, pack, j - left);
    divideTile(row + <usize>j * 8, step, rows, pack + <usize>(j - left) * ROW);
  }
}

/** X D^T = C in place, for a tile C of 1 to 4 rows and the packed lower triangle D; lanes lie across rows. */
function divideTile(c: usize, step: usize, rows: i32, d: usize): void {
  const c1 = rows > 1 ? c + step : c;
  const c2 = rows > 2 ? c1 + step : c1;
  const c3 = rows > 3 ? c2 + step : c2;
  const low0 = v128.load(c);
  const low1 = v128.load(c1);
  const low2 = v128.load(c2);
  const low3 = v128.load(c3);
  const high0 = v128.load(c, 16);
  const high1 = v128.load(c1, 16);
  const high2 = v128.load(c2, 16);
  const high3 = v128.load(c3, 16);

  let divisor = v128.load64_splat(d);
  const x0 = f64x2.div(v128.shuffle<f64>(low0, low1, 0, 2), divisor);
  const y0 = f64x2.div(v128.shuffle<f64>(low2, low3, 0, 2), divisor);

  let factor = v128.load64_splat(d, 8);
  divisor = v128.load64_splat(d, 40);
  const x1 = f64x2.div(f64x2.sub(v128.shuffle<f64>(low0, low1, 1, 3), f64x2.mul(x0, factor)), divisor);
  const y1 = f64x2.div(f64x2.sub(v128.shuffle<f64>(low2, low3, 1, 3), f64x2.mul(y0, factor)), divisor);
  v128.store(c, v128.shuffle<f64>(x0, x1, 0, 2));
  v128.store(c1, v128.shuffle<f64>(x0, x1, 1, 3));
  v128.store(c2, v128.shuffle<f64>(y0, y1, 0, 2));
  v128.store(c3, v128.shuffle<f64>(y0, y1, 1, 3));

  factor = v128.load64_splat(d, 16);
  let x2 = f64x2.sub(v128.shuffle<f64>(high0, high1, 0, 2), f64x2.mul(x0, factor));
  let y2 = f64x2.sub(v128.shuffle<f64>(high2, high3, 0, 2), f64x2.mul(y0, factor));
  factor = v128.load64_splat(d, 48);
  divisor = v128.load64_splat(d, 80);
  x2 = f64x2.div(f64x2.sub(x2, f64x2.mul(x1, factor)), divisor);
  y2 = f64x2.div(f64x2.sub(y2, f64x2.mul(y1, factor)), divisor);

  factor = v128.load64_splat(d, 24);
  let x3 = f64x2.sub(v128.shuffle<f64>(high0, high1, 1, 3), f64x2.mul(x0, factor));
  let y3 = f64x2.sub(v128.shuffle<f64>(high2, high3, 1, 3), f64x2.mul(y0, factor));
  factor = v128.load64_splat(d, 56);
  x3 = f64x2.sub(x3, f64x2.mul(x1, factor));
  y3 = f64x2.sub(y3, f64x2.mul(y1, factor));
  factor = v128.load64_splat(d, 88);
  divisor = v128.load64_splat(d, 120);
  x3 = f64x2.div(f64x2.sub(x3, f64x2.mul(x2, factor)), divisor);
  y3 = f64x2.div(f64x2.sub(y3, f64x2.mul(y2, factor)), divisor);
  v128.store(c, v128.shuffle<f64>(x2, x3, 0, 2), 16);
  v128.store(c1, v128.shuffle<f64>(x2, x3, 1, 3), 16);
  v128.store(c2, v128.shuffle<f64>(y2, y3, 0, 2), 16);
  v128.store(c3, v128.shuffle<f64>(y2, y3, 1, 3), 16);
}

/** The tile on the diagonal at row i, once the rows left of it are done; packs those and it for the rows below. */
function factorDiagonal(a: usize, step: usize, n: i32, i: i32, first: i32, left: i32, scratch: usize): bool {
  const rows = min(4, n - i);
  const row = a + <usize>i * step;
  const pack = scratch + TILE + <usize>((i - first) >> 2) * PACK;
  packRows(row + <usize>first * 8, step, rows, i - first, pack + <usize>(first - left) * ROW, false);
  loadDiagonal(row + <usize>i * 8, step, rows, scratch);
  subtractProduct(scratch, ROW, rows, row + <usize>left * 8, step, 8, pack, i - left);
  if (!factorTile(scratch)) return false;
  storeDiagonal(scratch, row + <usize>i * 8, step, rows);
  packRows(scratch, ROW, 4, 4, pack + <usize>(i - left) * ROW, false);
  return true;
}

/**
 * Copies a tile on the diagonal, because what lies above its diagonal must stay. One of fewer than four rows becomes part of the
 * identity. What the copy holds above its diagonal enters nothing.
 */
function loadDiagonal(from: usize, step: usize, rows: i32, tile: usize): void {
  if (rows === 4) {
    for (let r = 0; r < 4; r++, from += step, tile += ROW) {
      v128.store(tile, v128.load(from));
      v128.store(tile, v128.load(from, 16), 16);
    }
    return;
  }
  for (let r = 0; r < 4; r++) {
    for (let c = 0; c <= r; c++) {
      const value = r < rows ? load<f64>(from + <usize>r * step + <usize>c * 8) : r === c ? 1 : 0;
      store<f64>(tile + <usize>r * ROW + <usize>c * 8, value);
    }
  }
}

function storeDiagonal(tile: usize, to: usize, step: usize, rows: i32): void {
  store<f64>(to, load<f64>(tile));
  if (rows === 1) return;
  v128.store(to + step, v128.load(tile, 32));
  if (rows === 2) return;
  v128.store(to + 2 * step, v128.load(tile, 64));
  store<f64>(to + 2 * step, load<f64>(tile, 80), 16);
  if (rows === 3) return;
  v128.store(to + 3 * step, v128.load(tile, 96));
  v128.store(to + 3 * step, v128.load(tile, 112), 16);
}

/** The factor of a tile of four by four, in place in its lower triangle. */
function factorTile(t: usize): bool {
  const p0 = load<f64>(t);
  if (!isPivot(p0)) return false;
  const l00 = sqrt(p0);
  const l10 = load<f64>(t, 32) / l00;
  const l20 = load<f64>(t, 64) / l00;
  const l30 = load<f64>(t, 96) / l00;
  const p1 = load<f64>(t, 40) - l10 * l10;
  if (!isPivot(p1)) return false;
  const l11 = sqrt(p1);
  const l21 = (load<f64>(t, 72) - l20 * l10) / l11;
  const l31 = (load<f64>(t, 104) - l30 * l10) / l11;
  const p2 = load<f64>(t, 80) - l20 * l20 - l21 * l21;
  if (!isPivot(p2)) return false;
  const l22 = sqrt(p2);
  const l32 = (load<f64>(t, 112) - l30 * l20 - l31 * l21) / l22;
  const p3 = load<f64>(t, 120) - l30 * l30 - l31 * l31 - l32 * l32;
  if (!isPivot(p3)) return false;
  store<f64>(t, l00);
  store<f64>(t, l10, 32);
  store<f64>(t, l11, 40);
  store<f64>(t, l20, 64);
  store<f64>(t, l21, 72);
  store<f64>(t, l22, 80);
  store<f64>(t, l30, 96);
  store<f64>(t, l31, 104);
  store<f64>(t, l32, 112);
  store<f64>(t, sqrt(p3), 120);
  return true;
}

/** What has a square root to divide by. @inline */
function isPivot(x: f64): bool {
  return x > 0 && x < Infinity;
}
