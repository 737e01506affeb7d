/**
 * Triangular systems with a factor L in the lower triangle. Many right-hand sides are packed into panels of four columns, which are
 * solved in place and unpacked; one is solved as it lies. L^T X = B is the same with rows and columns counted from the end, so that
 * its sums run over k descending. Steps between rows count bytes and may be negative: addresses wrap around.
 */

import { packColumns, packRows, unpackColumns, unpackRows } from "./pack";
import { ROW, subtractProduct } from "./tile";

/** Columns packed at a time: src/wasm/block.ts allocates as much. */
const PANEL: i32 = 64;
/** Rows of the factor between two visits to the rows below. */
const CHUNK: i32 = 256;
/**
 * Columns of L, which lie across its rows, are copied together before they are used where it pays: for more than so many right-hand
 * sides and rows (measured on a Zen 3 core with 32 kB of first-level cache).
 */
const FEW: i32 = 12;
export const SHORT: i32 = 320;

/** L X = B in place: b is row-major n x columns. */
export function solveLower(l: usize, n: i32, step: usize, b: usize, columns: i32, scratch: usize): void {
  if (columns === 1) forwardOne(l, n, step, b, scratch);
  else solve(l, step, 8, n, b, <usize>columns * 8, columns, scratch, false);
}

/** L^T X = B in place. */
export function solveLowerTransposed(l: usize, n: i32, step: usize, b: usize, columns: i32, scratch: usize): void {
  if (n === 0) return;
  if (columns === 1) {
    backwardOne(l, n, step, b);
    return;
  }
  const last = <usize>(n - 1);
  solve(
    l + last * (step + 8),
    -8,
    -step,
    n,
    b + last * <usize>columns * 8,
    -(<usize>columns) * 8,
    columns,
    scratch,
    columns > FEW && n > SHORT,
  );
}

/** The first `n` columns of rows `n`..`n + count - 1`, which hold B^T, become X^T with L X = B. */
export function solveRows(l: usize, n: i32, step: usize, count: i32, scratch: usize): void {
  const rows = l + <usize>n * step;
  if (count === 1) {
    forwardOne(l, n, step, rows, scratch);
    return;
  }
  const panel = scratch + HEAD;
  const size = <usize>n * ROW;
  for (let first = 0; first < count; first += PANEL) {
    const last = min(first + PANEL, count);
    for (let r = first, to = panel; r < last; r += 4, to += size) packRows(rows + <usize>r * step, step, min(4, last - r), n, to, false);
    solvePanel(l, step, 8, n, panel, (last - first + 3) >> 2, 0);
    for (let r = first, at = panel; r < last; r += 4, at += size) unpackRows(at, n, rows + <usize>r * step, step, min(4, last - r));
  }
}

/** Bytes before the panel: a chunk of four columns of L with the tile on its diagonal. */
export const HEAD: usize = <usize>(CHUNK + 4) * ROW;

/** Packs, solves and unpacks up to PANEL columns at a time. L's element (i, k) is at l + i rowStep + k kStep. */
function solve(l: usize, rowStep: usize, kStep: usize, n: i32, b: usize, bStep: usize, columns: i32, scratch: usize, together: bool): void {
  const panel = scratch + HEAD;
  const size = <usize>n * ROW;
  for (let first = 0; first < columns; first += PANEL) {
    const last = min(first + PANEL, columns);
    for (let c = first, to = panel; c < last; c += 4, to += size) packColumns(b + <usize>c * 8, bStep, min(4, last - c), n, to, false);
    solvePanel(l, rowStep, kStep, n, panel, (last - first + 3) >> 2, together ? scratch : 0);
    for (let c = first, at = panel; c < last; c += 4, at += size) unpackColumns(at, n, b + <usize>c * 8, bStep, min(4, last - c));
  }
}

/** Solves `tiles` packed tiles of n rows in place; where `copy` is not 0, four rows of L are first copied there, side by side. */
export function solvePanel(l: usize, rowStep: usize, kStep: usize, n: i32, panel: usize, tiles: i32, copy: usize): void {
  const size = <usize>n * ROW;
  for (let first = 0; first < n; first += CHUNK) {
    const last = min(first + CHUNK, n);
    const b = panel + <usize>first * ROW;
    for (let i = first; i < n; i += 4) {
      const rows = min(4, n - i);
      const count = min(i, last) - first;
      let a = l + <usize>i * rowStep + <usize>first * kStep;
      let aRow = rowStep;
      let aK = kStep;
      if (copy !== 0) {
        gather(a, rowStep, kStep, rows, i < last ? count + rows : count, copy);
        a = copy;
        aRow = 8;
        aK = ROW;
      }
      const diagonal = a + <usize>count * aK;
      for (let t = 0, c = panel + <usize>i * ROW, x = b; t < tiles; t++, c += size, x += size) {
        subtractProduct(c, ROW, rows, a, aRow, aK, x, count);
        if (i < last) solveTile(c, rows, diagonal, aRow, aK);
      }
    }
  }
}

/** Copies `count` k of up to four rows of L side by side. */
function gather(a: usize, rowStep: usize, kStep: usize, rows: i32, count: i32, to: usize): void {
  const a1 = rows > 1 ? a + rowStep : a;
  const a2 = rows > 2 ? a1 + rowStep : a1;
  const a3 = rows > 3 ? a2 + rowStep : a2;
  for (let k = 0; k < count; k++) {
    const at = <usize>k * kStep;
    store<f64>(to, load<f64>(a + at));
    store<f64>(to, load<f64>(a1 + at), 8);
    store<f64>(to, load<f64>(a2 + at), 16);
    store<f64>(to, load<f64>(a3 + at), 24);
    to += ROW;
  }
}

/** D X = C in place for a packed tile of 1 to 4 rows; D's element (r, q) is at d + r rowStep + q kStep. */
function solveTile(c: usize, rows: i32, d: usize, rowStep: usize, kStep: usize): void {
  let divisor = v128.load64_splat(d);
  const low0 = f64x2.div(v128.load(c), divisor);
  const high0 = f64x2.div(v128.load(c, 16), divisor);
  v128.store(c, low0);
  v128.store(c, high0, 16);
  if (rows === 1) return;
  d += rowStep;
  let factor = v128.load64_splat(d);
  divisor = v128.load64_splat(d + kStep);
  const low1 = f64x2.div(f64x2.sub(v128.load(c, 32), f64x2.mul(factor, low0)), divisor);
  const high1 = f64x2.div(f64x2.sub(v128.load(c, 48), f64x2.mul(factor, high0)), divisor);
  v128.store(c, low1, 32);
  v128.store(c, high1, 48);
  if (rows === 2) return;
  d += rowStep;
  factor = v128.load64_splat(d);
  let low2 = f64x2.sub(v128.load(c, 64), f64x2.mul(factor, low0));
  let high2 = f64x2.sub(v128.load(c, 80), f64x2.mul(factor, high0));
  factor = v128.load64_splat(d + kStep);
  divisor = v128.load64_splat(d + 2 * kStep);
  low2 = f64x2.div(f64x2.sub(low2, f64x2.mul(factor, low1)), divisor);
  high2 = f64x2.div(f64x2.sub(high2, f64x2.mul(factor, high1)), divisor);
  v128.store(c, low2, 64);
  v128.store(c, high2, 80);
  if (rows === 3) return;
  d += rowStep;
  factor = v128.load64_splat(d);
  let low3 = f64x2.sub(v128.load(c, 96), f64x2.mul(factor, low0));
  let high3 = f64x2.sub(v128.load(c, 112), f64x2.mul(factor, high0));
  factor = v128.load64_splat(d + kStep);
  low3 = f64x2.sub(low3, f64x2.mul(factor, low1));
  high3 = f64x2.sub(high3, f64x2.mul(factor, high1));
  factor = v128.load64_splat(d + 2 * kStep);
  divisor = v128.load64_splat(d + 3 * kStep);
  v128.store(c, f64x2.div(f64x2.sub(low3, f64x2.mul(factor, low2)), divisor), 96);
  v128.store(c, f64x2.div(f64x2.sub(high3, f64x2.mul(factor, high2)), divisor), 112);
}

/** L x = b in place for one right-hand side: eight rows at a time lose what is solved, two to a register, then are solved one by one. */
function forwardOne(l: usize, n: i32, step: usize, x: usize, scratch: usize): void {
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    subtractEightRows(l + <usize>i * step, step, 8, x, i, x + <usize>i * 8);
    solveFew(l + <usize>i * (step + 8), step, x + <usize>i * 8, 8);
  }
  if (i < n) {
    const size = <usize>(n - i) * 8;
    memory.copy(scratch, x + <usize>i * 8, size);
    subtractEightRows(l + <usize>i * step, step, n - i, x, i, scratch);
    memory.copy(x + <usize>i * 8, scratch, size);
    solveFew(l + <usize>i * (step + 8), step, x + <usize>i * 8, n - i);
  }
}

/**
 * Eight numbers lose the products of `rows` (1 to 8) rows of L with the first `count` elements of x; rows that are missing repeat the last
 * one.
 */
function subtractEightRows(l0: usize, step: usize, rows: i32, x: usize, count: i32, to: usize): void {
  const l1 = rows > 1 ? l0 + step : l0;
  const l2 = rows > 2 ? l1 + step : l1;
  const l3 = rows > 3 ? l2 + step : l2;
  const l4 = rows > 4 ? l3 + step : l3;
  const l5 = rows > 5 ? l4 + step : l4;
  const l6 = rows > 6 ? l5 + step : l5;
  const l7 = rows > 7 ? l6 + step : l6;
  let rest01 = v128.load(to);
  let rest23 = v128.load(to, 16);
  let rest45 = v128.load(to, 32);
  let rest67 = v128.load(to, 48);
  for (let k: usize = 0; k < <usize>count * 8; k += 16) {
    const even = v128.load64_splat(x + k);
    const odd = v128.load64_splat(x + k, 8);
    let upper = v128.load(l0 + k);
    let lower = v128.load(l1 + k);
    rest01 = f64x2.sub(rest01, f64x2.mul(v128.shuffle<f64>(upper, lower, 0, 2), even));
    rest01 = f64x2.sub(rest01, f64x2.mul(v128.shuffle<f64>(upper, lower, 1, 3), odd));
    upper = v128.load(l2 + k);
    lower = v128.load(l3 + k);
    rest23 = f64x2.sub(rest23, f64x2.mul(v128.shuffle<f64>(upper, lower, 0, 2), even));
    rest23 = f64x2.sub(rest23, f64x2.mul(v128.shuffle<f64>(upper, lower, 1, 3), odd));
    upper = v128.load(l4 + k);
    lower = v128.load(l5 + k);
    rest45 = f64x2.sub(rest45, f64x2.mul(v128.shuffle<f64>(upper, lower, 0, 2), even));
    rest45 = f64x2.sub(rest45, f64x2.mul(v128.shuffle<f64>(upper, lower, 1, 3), odd));
    upper = v128.load(l6 + k);
    lower = v128.load(l7 + k);
    rest67 = f64x2.sub(rest67, f64x2.mul(v128.shuffle<f64>(upper, lower, 0, 2), even));
    rest67 = f64x2.sub(rest67, f64x2.mul(v128.shuffle<f64>(upper, lower, 1, 3), odd));
  }
  v128.store(to, rest01);
  v128.store(to, rest23, 16);
  v128.store(to, rest45, 32);
  v128.store(to, rest67, 48);
}

/** D x = b in place, plainly. */
function solveFew(d: usize, step: usize, x: usize, n: i32): void {
  for (let r = 0; r < n; r++, d += step) {
    let rest = load<f64>(x + <usize>r * 8);
    for (let k = 0; k < r; k++) rest -= load<f64>(d + <usize>k * 8) * load<f64>(x + <usize>k * 8);
    store<f64>(x + <usize>r * 8, rest / load<f64>(d + <usize>r * 8));
  }
}

/**
 * L^T x = b in place for one right-hand side, from the last row up, four at a time: what they give is taken from all rows above in one
 * sweep.
 */
function backwardOne(l: usize, n: i32, step: usize, x: usize): void {
  let i = n;
  for (; i > 0; i -= 4) {
    const first = max(0, i - 4);
    for (let r = i - 1; r >= first; r--) {
      let rest = load<f64>(x + <usize>r * 8);
      for (let k = i - 1; k > r; k--) rest -= load<f64>(l + <usize>k * step + <usize>r * 8) * load<f64>(x + <usize>k * 8);
      store<f64>(x + <usize>r * 8, rest / load<f64>(l + <usize>r * (step + 8)));
    }
    if (first > 0) subtractFourRows(l + <usize>first * step, step, x, first);
  }
}

/** The first `count` elements of x lose four rows of L times elements count..count + 3, the last row first. */
function subtractFourRows(l0: usize, step: usize, x: usize, count: i32): void {
  const l1 = l0 + step;
  const l2 = l1 + step;
  const l3 = l2 + step;
  const end = x + <usize>count * 8;
  const x0 = v128.load64_splat(end);
  const x1 = v128.load64_splat(end, 8);
  const x2 = v128.load64_splat(end, 16);
  const x3 = v128.load64_splat(end, 24);
  const even = <usize>(count & ~1) * 8;
  for (let k: usize = 0; k < even; k += 16) {
    let rest = f64x2.sub(v128.load(x + k), f64x2.mul(v128.load(l3 + k), x3));
    rest = f64x2.sub(rest, f64x2.mul(v128.load(l2 + k), x2));
    rest = f64x2.sub(rest, f64x2.mul(v128.load(l1 + k), x1));
    v128.store(x + k, f64x2.sub(rest, f64x2.mul(v128.load(l0 + k), x0)));
  }
  if (count & 1) {
    let rest = load<f64>(x + even) - load<f64>(l3 + even) * load<f64>(end, 24);
    rest -= load<f64>(l2 + even) * load<f64>(end, 16);
    rest -= load<f64>(l1 + even) * load<f64>(end, 8);
    store<f64>(x + even, rest - load<f64>(l0 + even) * load<f64>(end));
  }
}
