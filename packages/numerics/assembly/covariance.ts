/**
 * Stationary covariances of pairs of points, and sums of their derivatives. Families are the numbers of src/covariance/families.ts, and
 * src/covariance/stationary.twin.ts has the same bits.
 *
 * Everything goes through a tile of 4 rows (points x) and at most 256 columns (points z), or more rows and fewer columns, that stays in
 * the first-level cache: the argument u of each pair, then its profile (covariance or slope), then whatever is made of it. Two columns
 * lie side by side in a vector. Where there is no next column or no fourth row the last one stands in, and what comes of it is left aside.
 *
 * Coordinate k of point z number j is at z + j columnStep + k coordinateStep.
 */
import { GREATEST, scaledExpNegative } from "./exp";

/** out, rows n x columns m = covariances of x, n x d, with z, d x m. */
export function covariance(
  square: f64,
  root: bool,
  a1: f64,
  a2: f64,
  scale: f64,
  x: usize,
  n: i32,
  z: usize,
  m: i32,
  d: i32,
  out: usize,
): void {
  setShape(scale, scale * a1, scale * a2, scale);
  for (let block = 0; block < m; block += COLUMNS) {
    const columns = min(COLUMNS, m - block);
    const most = mostRows(columns);
    for (let i = 0; i < n; i += most) {
      const rows = min(most, n - i);
      fillTall(square, root, x, i, rows, z + <usize>block * 8, columns, <usize>m * 8, d);
      takeProfile(rows, columns, false);
      for (let row = 0; row < rows; row++) copyRow(rowOf(row, columns), columns, out + (<usize>(i + row) * m + block) * 8);
    }
  }
}

/** out, rows `step` apart = covariances of x, n x d, with itself, both triangles. */
export function gram(square: f64, root: bool, a1: f64, a2: f64, scale: f64, x: usize, n: i32, d: i32, out: usize, step: usize): void {
  setShape(scale, scale * a1, scale * a2, scale);
  for (let block = 0; block < n; block += COLUMNS) {
    for (let i = block; i < n; i += ROWS) {
      const rows = min(ROWS, n - i);
      const columns = min(COLUMNS, i + rows - block);
      fillArguments(square, root, x, i, rows, x + <usize>block * d * 8, columns, <usize>d * 8, 8, d, tile, rowBytes(columns));
      takeProfile(rows, columns, false);
      for (let row = 0; row < rows; row++) copyRow(rowOf(row, columns), columns, out + <usize>(i + row) * step + <usize>block * 8);
      mirror(rows, columns, out + <usize>block * step + <usize>i * 8, step);
    }
  }
}

/** out[k] += sum over the pairs of weight, slope and squared difference in coordinate k; weights n x m, z d x m. */
export function sumOverPairs(
  square: f64,
  root: bool,
  b0: f64,
  b1: f64,
  cusp: bool,
  x: usize,
  n: i32,
  z: usize,
  m: i32,
  d: i32,
  weights: usize,
  out: usize,
): void {
  setShape(b0, b1, 0, Infinity);
  for (let block = 0; block < m; block += COLUMNS) {
    const columns = min(COLUMNS, m - block);
    const points = z + <usize>block * 8;
    for (let i = 0; i < n; i += ROWS) {
      const rows = min(ROWS, n - i);
      fillTall(square, root, x, i, rows, points, columns, <usize>m * 8, d);
      takeProfile(rows, columns, cusp);
      for (let row = 0; row < ROWS; row++) {
        weigh(rowOf(row, columns), row < rows ? columns : 0, columns, weights + (<usize>(i + row) * m + block) * 8);
      }
      for (let k = 0; k < d; k++) {
        const to = out + <usize>k * 8;
        store<f64>(to, load<f64>(to) + weightedSquares(coordinateOf(x, i, d, k), rows, d, points + <usize>k * m * 8, columns, 8));
      }
    }
  }
}

/**
 * As sumOverPairs for x with itself and symmetric weights, rows `step` apart, of which only those below the diagonal are read. Returns
 * the sum over the pairs of two points of weight and covariance (at scale 1), which costs little more, for the exponential is at hand.
 */
export function sumOverGram(
  square: f64,
  root: bool,
  a1: f64,
  a2: f64,
  b0: f64,
  b1: f64,
  cusp: bool,
  x: usize,
  n: i32,
  d: i32,
  weights: usize,
  step: usize,
  out: usize,
): f64 {
  setShape(1, a1, a2, 1);
  setSlope(b0, b1);
  const rowStep = <usize>d * 8;
  let total: f64 = 0;
  for (let block = 0; block < n; block += COLUMNS) {
    const points = x + <usize>block * rowStep;
    for (let i = block; i < n; i += ROWS) {
      const rows = min(ROWS, n - i);
      const columns = min(COLUMNS, i + rows - 1 - block);
      fillArguments(square, root, x, i, rows, points, columns, rowStep, 8, d, tile, rowBytes(columns));
      const at = weights + <usize>i * step + <usize>block * 8;
      const s0 = weighBoth(rowOf(0, columns), usedOf(0, rows, columns, i - block), columns, at, cusp);
      const s1 = weighBoth(rowOf(1, columns), usedOf(1, rows, columns, i - block), columns, at + step, cusp);
      const s2 = weighBoth(rowOf(2, columns), usedOf(2, rows, columns, i - block), columns, at + 2 * step, cusp);
      const s3 = weighBoth(rowOf(3, columns), usedOf(3, rows, columns, i - block), columns, at + 3 * step, cusp);
      total += 2 * sumOfRows(s0, s1, s2, s3);
      for (let k = 0; k < d; k++) {
        const to = out + <usize>k * 8;
        const from = coordinateOf(x, i, d, k);
        store<f64>(to, load<f64>(to) + 2 * weightedSquares(from, rows, d, points + <usize>k * 8, columns, rowStep));
      }
    }
  }
  return total;
}

/** out, d x m, += sum over the rows, first to last, of weight, slope and difference x - z in coordinate k; weights n x m, z d x m. */
export function pointGradient(
  square: f64,
  root: bool,
  b0: f64,
  b1: f64,
  cusp: bool,
  x: usize,
  n: i32,
  z: usize,
  m: i32,
  d: i32,
  weights: usize,
  out: usize,
): void {
  setShape(b0, b1, 0, Infinity);
  for (let block = 0; block < m; block += COLUMNS) {
    const columns = min(COLUMNS, m - block);
    const most = mostRows(columns);
    const points = z + <usize>block * 8;
    for (let i = 0; i < n; i += most) {
      const rows = min(most, n - i);
      fillTall(square, root, x, i, rows, points, columns, <usize>m * 8, d);
      takeProfile(rows, columns, cusp);
      for (let row = 0; row < rows; row += ROWS) {
        const from = weights + (<usize>(i + row) * m + block) * 8;
        const some = min(ROWS, rows - row);
        addWeightedDifferences(
          rowOf(row, columns),
          from,
          coordinateOf(x, i + row, d, 0),
          some,
          d,
          points,
          columns,
          <usize>m * 8,
          out + <usize>block * 8,
        );
      }
    }
  }
}

const ROWS: i32 = 4;
const COLUMNS: i32 = 256;
/** ROWS rows of COLUMNS numbers or more rows of fewer, and the vector by which takeProfile may overrun them. */
const tile: usize = memory.data(8208, 16);

/** Bytes from one row of the tile to the next: whole vectors, no more, so that short rows lie close. @inline */
function rowBytes(columns: i32): usize {
  return <usize>((columns + 1) & ~1) * 8;
}

/** @inline */
function rowOf(row: i32, columns: i32): usize {
  return tile + <usize>row * rowBytes(columns);
}

/** A multiple of ROWS. What goes through in one piece had better be long, for each piece empties the processor's pipeline. */
function mostRows(columns: i32): i32 {
  return ((ROWS * COLUMNS) / ((columns + 1) & ~1)) & ~3;
}

/** Where coordinate k of point i is. @inline */
function coordinateOf(x: usize, i: i32, d: i32, k: i32): usize {
  return x + (<usize>i * d + k) * 8;
}

/** As fillArguments, for any number of rows and z stored by coordinates: eight columns of two rows at a time, then the rest. */
function fillTall(square: f64, root: bool, x: usize, i: i32, rows: i32, z: usize, columns: i32, coordinateStep: usize, d: i32): void {
  const wide = columns & ~7;
  for (let row = 0; row < rows; row += ROWS) {
    const some = min(ROWS, rows - row);
    const to = rowOf(row, columns);
    if (wide > 0) {
      const from = coordinateOf(x, i + row, d, 0);
      fillWide(square, root, from, some, z, wide, coordinateStep, d, to, rowBytes(columns));
      if (some > 2) {
        fillWide(
          square,
          root,
          coordinateOf(from, 2, d, 0),
          some - 2,
          z,
          wide,
          coordinateStep,
          d,
          to + 2 * rowBytes(columns),
          rowBytes(columns),
        );
      }
    }
    if (wide < columns) {
      const at = <usize>wide * 8;
      fillArguments(square, root, x, i + row, some, z + at, columns - wide, 8, coordinateStep, d, to + at, rowBytes(columns));
    }
  }
}

/** Two rows at `out`, or one, become the arguments of the points at x with columns of z, a multiple of eight. */
function fillWide(
  square: f64,
  root: bool,
  x: usize,
  rows: i32,
  z: usize,
  columns: i32,
  coordinateStep: usize,
  d: i32,
  out: usize,
  outStep: usize,
): void {
  const rowStep = <usize>d * 8;
  const toSecond = rows > 1 ? rowStep : 0;
  for (let column = 0; column < columns; column += 8) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let t0 = s0;
    let t1 = s0;
    let t2 = s0;
    let t3 = s0;
    let from = z;
    const end = x + rowStep;
    for (let at = x; at < end; at += 8) {
      const x0 = v128.load_splat<f64>(at);
      const x1 = v128.load_splat<f64>(at + toSecond);
      const y0 = v128.load(from);
      const y1 = v128.load(from, 16);
      const y2 = v128.load(from, 32);
      const y3 = v128.load(from, 48);
      s0 = addSquare(s0, f64x2.sub(x0, y0));
      s1 = addSquare(s1, f64x2.sub(x0, y1));
      s2 = addSquare(s2, f64x2.sub(x0, y2));
      s3 = addSquare(s3, f64x2.sub(x0, y3));
      t0 = addSquare(t0, f64x2.sub(x1, y0));
      t1 = addSquare(t1, f64x2.sub(x1, y1));
      t2 = addSquare(t2, f64x2.sub(x1, y2));
      t3 = addSquare(t3, f64x2.sub(x1, y3));
      from += coordinateStep;
    }
    v128.store(out, argument(s0, square, root));
    v128.store(out, argument(s1, square, root), 16);
    v128.store(out, argument(s2, square, root), 32);
    v128.store(out, argument(s3, square, root), 48);
    v128.store(out + outStep, argument(t0, square, root));
    v128.store(out + outStep, argument(t1, square, root), 16);
    v128.store(out + outStep, argument(t2, square, root), 32);
    v128.store(out + outStep, argument(t3, square, root), 48);
    z += 64;
    out += 64;
  }
}

/** @inline */
function addSquare(sum: v128, difference: v128): v128 {
  return f64x2.add(sum, f64x2.mul(difference, difference));
}

/**
 * Four rows at `out` become the arguments u of the points x from i on with the points z: a root of `square` r^2, or `square` r^2 itself.
 */
function fillArguments(
  square: f64,
  root: bool,
  x: usize,
  i: i32,
  rows: i32,
  z: usize,
  columns: i32,
  columnStep: usize,
  coordinateStep: usize,
  d: i32,
  out: usize,
  outStep: usize,
): void {
  const rowStep = <usize>d * 8;
  const x0 = x + <usize>i * rowStep;
  const x1 = x0 + (rows > 1 ? rowStep : 0);
  const x2 = x1 + (rows > 2 ? rowStep : 0);
  const x3 = x2 + (rows > 3 ? rowStep : 0);
  for (let column = 0; column < columns; column += 2) {
    const toNext = column + 1 < columns ? columnStep : 0;
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let from = z;
    for (let k: usize = 0; k < rowStep; k += 8) {
      const y = v128.load_lane<f64>(from + toNext, v128.load_zero<f64>(from), 1);
      const d0 = f64x2.sub(v128.load_splat<f64>(x0 + k), y);
      const d1 = f64x2.sub(v128.load_splat<f64>(x1 + k), y);
      const d2 = f64x2.sub(v128.load_splat<f64>(x2 + k), y);
      const d3 = f64x2.sub(v128.load_splat<f64>(x3 + k), y);
      s0 = addSquare(s0, d0);
      s1 = addSquare(s1, d1);
      s2 = addSquare(s2, d2);
      s3 = addSquare(s3, d3);
      from += coordinateStep;
    }
    const to = out + <usize>column * 8;
    v128.store(to, argument(s0, square, root));
    v128.store(to + outStep, argument(s1, square, root));
    v128.store(to + 2 * outStep, argument(s2, square, root));
    v128.store(to + 3 * outStep, argument(s3, square, root));
    z += 2 * columnStep;
  }
}

/** Clamped, so that no later factor overflows and 0 times it is 0. @inline */
function argument(r2: v128, square: f64, root: bool): v128 {
  let u = f64x2.mul(f64x2.splat(square), r2);
  if (root) u = f64x2.sqrt(u);
  return f64x2.pmin(u, f64x2.splat(GREATEST));
}

/** c0, c1, c2 and the most that a profile may be, where the loop below loads them (for why, see exp.ts). */
const shape: usize = memory.data(32, 16);

/** The factor 2^-54 that scaledExpNegative leaves open goes into the coefficients. */
function setShape(c0: f64, c1: f64, c2: f64, most: f64): void {
  store<f64>(shape, c0 * TWO_TO_MINUS_54);
  store<f64>(shape, c1 * TWO_TO_MINUS_54, 8);
  store<f64>(shape, c2 * TWO_TO_MINUS_54, 16);
  store<f64>(shape, most, 24);
}

/** b0 and b1, in the same way. */
const slope: usize = memory.data(16, 16);

function setSlope(b0: f64, b1: f64): void {
  store<f64>(slope, b0 * TWO_TO_MINUS_54);
  store<f64>(slope, b1 * TWO_TO_MINUS_54, 8);
}

/** Arguments u become min((c0 + u (c1 + u c2)) e^-u, most); on a cusp they become that divided by u, and 0 at u = 0. */
function takeProfile(rows: i32, columns: i32, cusp: bool): void {
  const end = rowOf(rows, columns);
  for (let at = tile; at < end; at += 32) {
    const u0 = v128.load(at);
    const u1 = v128.load(at, 16);
    let value0 = f64x2.mul(shapeAt(u0), scaledExpNegative(u0));
    let value1 = f64x2.mul(shapeAt(u1), scaledExpNegative(u1));
    if (cusp) {
      value0 = v128.andnot(f64x2.div(value0, u0), f64x2.eq(u0, f64x2.splat(0)));
      value1 = v128.andnot(f64x2.div(value1, u1), f64x2.eq(u1, f64x2.splat(0)));
    }
    const most = v128.load_splat<f64>(shape, 24);
    v128.store(at, f64x2.pmin(value0, most));
    v128.store(at, f64x2.pmin(value1, most), 16);
  }
}

/** @inline */
function shapeAt(u: v128): v128 {
  const rising = f64x2.add(v128.load_splat<f64>(shape, 8), f64x2.mul(u, v128.load_splat<f64>(shape, 16)));
  return f64x2.add(v128.load_splat<f64>(shape), f64x2.mul(u, rising));
}

/** memory.copy is a call into the engine, which costs more than a short row does. */
function copyRow(row: usize, columns: i32, to: usize): void {
  const end = row + (<usize>columns & ~1) * 8;
  for (; row < end; row += 16) {
    v128.store(to, v128.load(row));
    to += 16;
  }
  if (columns & 1) store<f64>(to, load<f64>(row));
}

/** The first `used` numbers of a row times their weights; zeros from there to the row's end. */
function weigh(row: usize, used: i32, columns: i32, weights: usize): void {
  let column = 0;
  for (; column + 1 < used; column += 2) {
    v128.store(row, f64x2.mul(v128.load(row), v128.load(weights)));
    row += 16;
    weights += 16;
  }
  if (column < used) {
    v128.store(row, f64x2.mul(v128.load_zero<f64>(row), v128.load_zero<f64>(weights)));
    row += 16;
    column += 2;
  }
  for (; column < columns; column += 2) {
    v128.store(row, f64x2.splat(0));
    row += 16;
  }
}

/** How many columns of a row of the tile lie below the diagonal; `first` of those of its first row do. @inline */
function usedOf(row: i32, rows: i32, columns: i32, first: i32): i32 {
  return row < rows ? min(columns, first + row) : 0;
}

/**
 * As takeProfile and weigh in one, for a row of arguments; returns the sums over the even and the odd columns of weights times covariances.
 */
function weighBoth(row: usize, used: i32, columns: i32, weights: usize, cusp: bool): v128 {
  let total = f64x2.splat(0);
  let column = 0;
  for (; column + 3 < used; column += 4) {
    const u0 = v128.load(row);
    const u1 = v128.load(row, 16);
    const e0 = scaledExpNegative(u0);
    const e1 = scaledExpNegative(u1);
    const weight0 = v128.load(weights);
    const weight1 = v128.load(weights, 16);
    const most = v128.load_splat<f64>(shape, 24);
    total = f64x2.add(total, f64x2.mul(f64x2.pmin(f64x2.mul(shapeAt(u0), e0), most), weight0));
    total = f64x2.add(total, f64x2.mul(f64x2.pmin(f64x2.mul(shapeAt(u1), e1), most), weight1));
    v128.store(row, f64x2.mul(slopeAt(u0, e0, cusp), weight0));
    v128.store(row, f64x2.mul(slopeAt(u1, e1, cusp), weight1), 16);
    row += 32;
    weights += 32;
  }
  for (; column < used; column += 2) {
    const u = v128.load(row);
    const e = scaledExpNegative(u);
    const weight = column + 1 < used ? v128.load(weights) : v128.load_zero<f64>(weights);
    total = f64x2.add(total, f64x2.mul(f64x2.pmin(f64x2.mul(shapeAt(u), e), v128.load_splat<f64>(shape, 24)), weight));
    v128.store(row, f64x2.mul(slopeAt(u, e, cusp), weight));
    row += 16;
    weights += 16;
  }
  for (; column < columns; column += 2) {
    v128.store(row, f64x2.splat(0));
    row += 16;
  }
  return total;
}

/** @inline */
function slopeAt(u: v128, e: v128, cusp: bool): v128 {
  const value = f64x2.mul(f64x2.add(v128.load_splat<f64>(slope), f64x2.mul(u, v128.load_splat<f64>(slope, 8))), e);
  return cusp ? v128.andnot(f64x2.div(value, u), f64x2.eq(u, f64x2.splat(0))) : value;
}

/** @inline */
function sumOfRows(s0: v128, s1: v128, s2: v128, s3: v128): f64 {
  const sum = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The sum over the tile of its numbers times the squared differences in one coordinate: each row by itself, even and odd columns apart. */
function weightedSquares(x: usize, rows: i32, d: i32, z: usize, columns: i32, columnStep: usize): f64 {
  const rowStep = <usize>d * 8;
  const x0 = v128.load_splat<f64>(x);
  const x1 = v128.load_splat<f64>(x + (rows > 1 ? rowStep : 0));
  const x2 = v128.load_splat<f64>(x + (rows > 2 ? 2 * rowStep : 0));
  const x3 = v128.load_splat<f64>(x + (rows > 3 ? 3 * rowStep : 0));
  const toRow1 = rowBytes(columns);
  const toRow2 = 2 * toRow1;
  const toRow3 = 3 * toRow1;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let column = 0; column < columns; column += 2) {
    const at = tile + <usize>column * 8;
    const y = v128.load_lane<f64>(z + (column + 1 < columns ? columnStep : 0), v128.load_zero<f64>(z), 1);
    s0 = f64x2.add(s0, weightedSquare(v128.load(at), f64x2.sub(x0, y)));
    s1 = f64x2.add(s1, weightedSquare(v128.load(at + toRow1), f64x2.sub(x1, y)));
    s2 = f64x2.add(s2, weightedSquare(v128.load(at + toRow2), f64x2.sub(x2, y)));
    s3 = f64x2.add(s3, weightedSquare(v128.load(at + toRow3), f64x2.sub(x3, y)));
    z += 2 * columnStep;
  }
  return sumOfRows(s0, s1, s2, s3);
}

/** @inline */
function weightedSquare(weight: v128, difference: v128): v128 {
  return f64x2.mul(f64x2.mul(weight, difference), difference);
}

/** out += the numbers of up to four rows of the tile times their weights and the differences x - z, row after row in each coordinate. */
function addWeightedDifferences(
  row: usize,
  weights: usize,
  x: usize,
  rows: i32,
  d: i32,
  z: usize,
  columns: i32,
  coordinateStep: usize,
  out: usize,
): void {
  const toRow = rowBytes(columns);
  const rowStep = <usize>d * 8;
  const x1 = x + (rows > 1 ? rowStep : 0);
  const x2 = x1 + (rows > 2 ? rowStep : 0);
  const x3 = x2 + (rows > 3 ? rowStep : 0);
  const zero = f64x2.splat(0);
  for (let column = 0; column < columns; column += 2) {
    const single = column + 1 === columns;
    const w0 = f64x2.mul(v128.load(row), loadPair(weights, single));
    const w1 = rows > 1 ? f64x2.mul(v128.load(row + toRow), loadPair(weights + coordinateStep, single)) : zero;
    const w2 = rows > 2 ? f64x2.mul(v128.load(row + 2 * toRow), loadPair(weights + 2 * coordinateStep, single)) : zero;
    const w3 = rows > 3 ? f64x2.mul(v128.load(row + 3 * toRow), loadPair(weights + 3 * coordinateStep, single)) : zero;
    let from = z;
    let to = out;
    for (let k: usize = 0; k < rowStep; k += 8) {
      const y = loadPair(from, single);
      let s = loadPair(to, single);
      s = f64x2.add(s, f64x2.mul(w0, f64x2.sub(v128.load_splat<f64>(x + k), y)));
      s = f64x2.add(s, f64x2.mul(w1, f64x2.sub(v128.load_splat<f64>(x1 + k), y)));
      s = f64x2.add(s, f64x2.mul(w2, f64x2.sub(v128.load_splat<f64>(x2 + k), y)));
      s = f64x2.add(s, f64x2.mul(w3, f64x2.sub(v128.load_splat<f64>(x3 + k), y)));
      if (single) v128.store_lane<f64>(to, s, 0);
      else v128.store(to, s);
      from += coordinateStep;
      to += coordinateStep;
    }
    row += 16;
    weights += 16;
    z += 16;
    out += 16;
  }
}

/** Two neighbours, or a single number and 0. @inline */
function loadPair(at: usize, single: bool): v128 {
  return single ? v128.load_zero<f64>(at) : v128.load(at);
}

/** The tile's columns become rows `step` apart. */
function mirror(rows: i32, columns: i32, to: usize, step: usize): void {
  if (rows < ROWS) {
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) store<f64>(to + <usize>row * 8, load<f64>(rowOf(row, columns) + <usize>column * 8));
      to += step;
    }
    return;
  }
  const toRow1 = rowBytes(columns);
  for (let column = 0; column < columns; column += 2) {
    const from = tile + <usize>column * 8;
    const r0 = v128.load(from);
    const r1 = v128.load(from + toRow1);
    const r2 = v128.load(from + 2 * toRow1);
    const r3 = v128.load(from + 3 * toRow1);
    v128.store(to, v128.shuffle<f64>(r0, r1, 0, 2));
    v128.store(to, v128.shuffle<f64>(r2, r3, 0, 2), 16);
    to += step;
    if (column + 1 === columns) break;
    v128.store(to, v128.shuffle<f64>(r0, r1, 1, 3));
    v128.store(to, v128.shuffle<f64>(r2, r3, 1, 3), 16);
    to += step;
  }
}

const TWO_TO_MINUS_54: f64 = 5.551115123125783e-17;
