/**
 * The innermost kernel of all dense linear algebra here: C -= A B on a tile of four by four, in eight registers of two lanes. B is
 * packed, four columns side by side for each k; A is read where it lies. Each element of C accumulates into itself with k ascending,
 * its lane neighbour being another column, so its bits do not depend on the tile. Sums are subtracted because the factorisation and
 * the solves subtract; a product adds by packing -B, which is exact.
 */

/** Bytes of a packed row: four numbers for one k. */
export const ROW: usize = 32;

/**
 * C -= A B. C has 1 to 4 `rows`, `cStep` bytes apart, of four numbers; A's element (r, k) lies at a + r rowStep + k kStep; B is packed,
 * `count` rows of four. Rows that are missing repeat the last one and store the same result twice.
 */
export function subtractProduct(c: usize, cStep: usize, rows: i32, a: usize, rowStep: usize, kStep: usize, b: usize, count: i32): void {
  const c1 = rows > 1 ? c + cStep : c;
  const c2 = rows > 2 ? c1 + cStep : c1;
  const c3 = rows > 3 ? c2 + cStep : c2;
  let a1 = rows > 1 ? a + rowStep : a;
  let a2 = rows > 2 ? a1 + rowStep : a1;
  let a3 = rows > 3 ? a2 + rowStep : a2;
  let low0 = v128.load(c);
  let high0 = v128.load(c, 16);
  let low1 = v128.load(c1);
  let high1 = v128.load(c1, 16);
  let low2 = v128.load(c2);
  let high2 = v128.load(c2, 16);
  let low3 = v128.load(c3);
  let high3 = v128.load(c3, 16);
  const end = b + <usize>count * ROW;
  // One k a turn: with two, the engine interleaves them and runs out of registers.
  while (b < end) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const x0 = v128.load64_splat(a);
    low0 = f64x2.sub(low0, f64x2.mul(x0, low));
    high0 = f64x2.sub(high0, f64x2.mul(x0, high));
    const x1 = v128.load64_splat(a1);
    low1 = f64x2.sub(low1, f64x2.mul(x1, low));
    high1 = f64x2.sub(high1, f64x2.mul(x1, high));
    const x2 = v128.load64_splat(a2);
    low2 = f64x2.sub(low2, f64x2.mul(x2, low));
    high2 = f64x2.sub(high2, f64x2.mul(x2, high));
    const x3 = v128.load64_splat(a3);
    low3 = f64x2.sub(low3, f64x2.mul(x3, low));
    high3 = f64x2.sub(high3, f64x2.mul(x3, high));
    a += kStep;
    a1 += kStep;
    a2 += kStep;
    a3 += kStep;
    b += ROW;
  }
  v128.store(c, low0);
  v128.store(c, high0, 16);
  v128.store(c1, low1);
  v128.store(c1, high1, 16);
  v128.store(c2, low2);
  v128.store(c2, high2, 16);
  v128.store(c3, low3);
  v128.store(c3, high3, 16);
}
