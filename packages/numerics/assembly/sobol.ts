/**
 * Points of a Sobol sequence, four dimensions of a point side by side; src/sobol/sobolPoints.twin.ts has the same bits. Digits are kept
 * reversed, the most significant lowest, as the scramble wants them.
 */

/**
 * Rows start, start + 1, ... of the sequence, `step` bytes apart. Dimensions come in groups of four, and a row is written in whole groups:
 * up to three numbers of the next row, or behind the last one, are written over.
 *
 * The direction of digit k for group g is the vector number k groups + g at `directions`. At `seeds` lie the addends of all groups and
 * then the multipliers.
 */
export function sobolPoints(
  directions: usize,
  seeds: usize,
  scrambled: bool,
  groups: i32,
  start: u32,
  count: i32,
  out: usize,
  step: usize,
): void {
  const rowStep = <usize>groups * 16;
  // From the last group to the first, each of which puts right what the one before it wrote over.
  for (let group = groups - 1; group >= 0; group--) {
    const offset = <usize>group * 16;
    const first = pointAt(directions + offset, rowStep, start);
    if (scrambled) fillScrambled(directions + offset, rowStep, seeds + offset, first, start, count, out + 2 * offset, step);
    else fillPlain(directions + offset, rowStep, first, start, count, out + 2 * offset, step);
  }
}

/** The exclusive or of the directions at the set bits of the index's Gray code. */
function pointAt(directions: usize, rowStep: usize, index: u32): v128 {
  let x = i64x2.splat(0);
  for (let gray = index ^ (index >> 1); gray !== 0; gray &= gray - 1) {
    x = v128.xor(x, v128.load(directions + <usize>ctz(gray) * rowStep));
  }
  return x;
}

function fillScrambled(
  directions: usize,
  rowStep: usize,
  seeds: usize,
  first: v128,
  start: u32,
  count: i32,
  out: usize,
  step: usize,
): void {
  const addend = v128.load(seeds);
  const multiplier = v128.load(seeds + rowStep);
  let x = first;
  for (let index = start; ; ) {
    let y = v128.xor(x, i32x4.mul(x, constant(0)));
    y = i32x4.mul(i32x4.add(y, addend), multiplier);
    y = v128.xor(y, i32x4.mul(y, constant(1)));
    y = v128.xor(y, i32x4.mul(y, constant(2)));
    storeFractions(out, reverseBits(y), constant(8));
    if (--count === 0) return;
    out += step;
    x = v128.xor(x, v128.load(directions + <usize>ctz(++index) * rowStep));
  }
}

function fillPlain(directions: usize, rowStep: usize, first: v128, start: u32, count: i32, out: usize, step: usize): void {
  let x = first;
  for (let index = start; ; ) {
    storeFractions(out, reverseBits(x), constant(9));
    if (--count === 0) return;
    out += step;
    x = v128.xor(x, v128.load(directions + <usize>ctz(++index) * rowStep));
  }
}

/** The 32 binary digits of each lane in opposite order: the bytes, and by table the halves of each. @inline */
function reverseBits(x: v128): v128 {
  const bytes = i8x16.swizzle(x, constant(3));
  const lower = v128.and(bytes, constant(4));
  const upper = v128.and(i32x4.shr_u(bytes, 4), constant(4));
  return v128.or(i8x16.swizzle(constant(5), lower), i8x16.swizzle(constant(6), upper));
}

/** Behind the upper half of 2^20, k is 2^20 + k / 2^32; `origin` is 2^20, or 2^20 - 2^-33 for the middle of the cell. @inline */
function storeFractions(out: usize, k: v128, origin: v128): void {
  v128.store(out, f64x2.sub(v128.shuffle<i32>(k, constant(7), 0, 4, 1, 5), origin));
  v128.store(out, f64x2.sub(v128.shuffle<i32>(k, constant(7), 2, 6, 3, 7), origin), 16);
}

/** Loaded from memory, because V8 builds a vector constant again at each use in a loop. @inline */
function constant(index: usize): v128 {
  return v128.load(table + index * 16);
}

const table: usize = memory.data<u32>(
  [
    // The scramble's three odd or even factors, as in samplers' scramble.ts.
    0x3d20adea, 0x3d20adea, 0x3d20adea, 0x3d20adea, 0x05526c56, 0x05526c56, 0x05526c56, 0x05526c56, 0x53a22864, 0x53a22864, 0x53a22864,
    0x53a22864,
    // The bytes of each lane in opposite order.
    0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f, 0x0f0f0f0f, 0x0f0f0f0f, 0x0f0f0f0f, 0x0f0f0f0f,
    // Of each four digits the opposite order, in the upper half of a byte and in the lower.
    0xc0408000, 0xe060a020, 0xd0509010, 0xf070b030, 0x0c040800, 0x0e060a02, 0x0d050901, 0x0f070b03, 0x41300000, 0x41300000, 0x41300000,
    0x41300000,
    // 2^20 - 2^-33 and 2^20.
    0xffffffff, 0x412fffff, 0xffffffff, 0x412fffff, 0, 0x41300000, 0, 0x41300000,
  ],
  16,
);
