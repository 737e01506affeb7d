/**
 * The innermost kernel of products in float32: C += A B on a tile of four by eight, in eight registers of four lanes. B is packed, eight
 * columns side by side for each k; A is read where it lies. Each element of C accumulates into itself with k ascending, its lane neighbours
 * being other columns, so its bits do not depend on the tile.
 */

import { storeLanes } from "./singleLanes";

/** Bytes of a packed row: eight numbers for one k. */
export const WIDTH: usize = 32;

/** A is row-major: element (r, k) lies at a + r aStep + 4 k. The tile has 1 to 4 `rows`; those that are missing repeat the last one. */
export function addRowsProduct(
  c: usize,
  cStep: usize,
  rows: i32,
  columns: i32,
  a: usize,
  aStep: usize,
  b: usize,
  count: i32,
  fresh: bool,
): void {
  const c1 = rows > 1 ? c + cStep : c;
  const c2 = rows > 2 ? c1 + cStep : c1;
  const c3 = rows > 3 ? c2 + cStep : c2;
  let a1 = rows > 1 ? a + aStep : a;
  let a2 = rows > 2 ? a1 + aStep : a1;
  let a3 = rows > 3 ? a2 + aStep : a2;
  let low0 = f32x4.splat(0);
  let high0 = low0;
  let low1 = low0;
  let high1 = low0;
  let low2 = low0;
  let high2 = low0;
  let low3 = low0;
  let high3 = low0;
  if (!fresh) {
    low0 = v128.load(c);
    high0 = v128.load(c, 16);
    low1 = v128.load(c1);
    high1 = v128.load(c1, 16);
    low2 = v128.load(c2);
    high2 = v128.load(c2, 16);
    low3 = v128.load(c3);
    high3 = v128.load(c3, 16);
  }
  const end = b + <usize>count * WIDTH;
  while (b < end) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    low0 = f32x4.add(low0, f32x4.mul(x0, low));
    high0 = f32x4.add(high0, f32x4.mul(x0, high));
    const x1 = v128.load32_splat(a1);
    low1 = f32x4.add(low1, f32x4.mul(x1, low));
    high1 = f32x4.add(high1, f32x4.mul(x1, high));
    const x2 = v128.load32_splat(a2);
    low2 = f32x4.add(low2, f32x4.mul(x2, low));
    high2 = f32x4.add(high2, f32x4.mul(x2, high));
    const x3 = v128.load32_splat(a3);
    low3 = f32x4.add(low3, f32x4.mul(x3, low));
    high3 = f32x4.add(high3, f32x4.mul(x3, high));
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += WIDTH;
  }
  storeLanes(c, low0, columns);
  storeLanes(c + 16, high0, columns - 4);
  storeLanes(c1, low1, columns);
  storeLanes(c1 + 16, high1, columns - 4);
  storeLanes(c2, low2, columns);
  storeLanes(c2 + 16, high2, columns - 4);
  storeLanes(c3, low3, columns);
  storeLanes(c3 + 16, high3, columns - 4);
}

/**
 * A is column-major: element (r, k) lies at a + 4 r + k aStep. The tile has 1 to 4 `rows`; those that are missing are computed and not
 * stored.
 */
export function addColumnsProduct(
  c: usize,
  cStep: usize,
  rows: i32,
  columns: i32,
  a: usize,
  aStep: usize,
  b: usize,
  count: i32,
  fresh: bool,
): void {
  const c1 = rows > 1 ? c + cStep : c;
  const c2 = rows > 2 ? c1 + cStep : c1;
  const c3 = rows > 3 ? c2 + cStep : c2;
  let low0 = f32x4.splat(0);
  let high0 = low0;
  let low1 = low0;
  let high1 = low0;
  let low2 = low0;
  let high2 = low0;
  let low3 = low0;
  let high3 = low0;
  if (!fresh) {
    low0 = v128.load(c);
    high0 = v128.load(c, 16);
    low1 = v128.load(c1);
    high1 = v128.load(c1, 16);
    low2 = v128.load(c2);
    high2 = v128.load(c2, 16);
    low3 = v128.load(c3);
    high3 = v128.load(c3, 16);
  }
  const end = b + <usize>count * WIDTH;
  while (b < end) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    low0 = f32x4.add(low0, f32x4.mul(x0, low));
    high0 = f32x4.add(high0, f32x4.mul(x0, high));
    const x1 = v128.load32_splat(a, 4);
    low1 = f32x4.add(low1, f32x4.mul(x1, low));
    high1 = f32x4.add(high1, f32x4.mul(x1, high));
    const x2 = v128.load32_splat(a, 8);
    low2 = f32x4.add(low2, f32x4.mul(x2, low));
    high2 = f32x4.add(high2, f32x4.mul(x2, high));
    const x3 = v128.load32_splat(a, 12);
    low3 = f32x4.add(low3, f32x4.mul(x3, low));
    high3 = f32x4.add(high3, f32x4.mul(x3, high));
    a += aStep;
    b += WIDTH;
  }
  // The last row first, so that where rows are missing the first, which is there, is written last.
  if (rows > 3) {
    storeLanes(c3, low3, columns);
    storeLanes(c3 + 16, high3, columns - 4);
  }
  if (rows > 2) {
    storeLanes(c2, low2, columns);
    storeLanes(c2 + 16, high2, columns - 4);
  }
  if (rows > 1) {
    storeLanes(c1, low1, columns);
    storeLanes(c1 + 16, high1, columns - 4);
  }
  storeLanes(c, low0, columns);
  storeLanes(c + 16, high0, columns - 4);
}
