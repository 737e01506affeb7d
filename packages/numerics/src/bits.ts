/**
 * The two things the elementary functions need from the binary format (IEEE 754-2008 section 3.4, binary64): the upper half of a
 * double, which holds sign and exponent, and multiplication by a power of two. Powers of two come from a table rather than from
 * assembled words, because a load that spans two narrower stores is slow, and a product is rounded the same way everywhere.
 */

/** A double split as sign, 11 exponent bits and the first 20 bits of the fraction, read as a signed 32-bit integer. */
export function highWord(x: number): number {
  scratch.setFloat64(0, x);
  return scratch.getInt32(0);
}

/**
 * x * 2^exponent rounded once, for |x| in [1/2, 4) and -1100 <= exponent <= 1100; overflows to Infinity and underflows through the
 * subnormals to zero. Below the normal range the first factor stops short, so that only the last product can round.
 */
export function scale(x: number, exponent: number): number {
  if (exponent > 1023) return x * powerOfTwo(exponent - 1023) * powerOfTwo(1023);
  if (exponent < -1022) return x * powerOfTwo(exponent + 128) * powerOfTwo(-128);
  return x * powerOfTwo(exponent);
}

/** 2^exponent for an integer -1074 <= exponent <= 1023, exact. */
export function powerOfTwo(exponent: number): number {
  return powers[exponent - LEAST_EXPONENT]!;
}

/**
 * x rounded to 26 significant bits, so that the product of two such halves is exact and so is x - upperHalf(x); |x| < 2^996. T. J.
 * Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18 (1971).
 */
export function upperHalf(x: number): number {
  const shifted = 134217729 * x;
  return shifted - (shifted - x);
}

const scratch = new DataView(new ArrayBuffer(8));

const LEAST_EXPONENT = -1074;
const powers = allPowersOfTwo();

function allPowersOfTwo(): Float64Array {
  const table = new Float64Array(1023 - LEAST_EXPONENT + 1);
  let power = Number.MIN_VALUE;
  for (let index = 0; index < table.length; index++) {
    table[index] = power;
    power *= 2;
  }
  return table;
}
