/**
 * An oracle for the elementary functions in exact integer arithmetic: every value is an integer times a power of two, every
 * function the naive series of a textbook, carried to at least 99 correct bits. Slow, and independent of the polynomials and
 * splittings it judges. It is itself held against mpmath by `exact.test.ts`.
 */

/** mantissa * 2^-bits. */
export type Exact = { readonly mantissa: bigint; readonly bits: number };

export function exactExp(x: number): Exact {
  return exponential(fixedPoint(clamp(x), BITS), BITS);
}

export function exactExpm1(x: number): Exact {
  const bits = bitsFor(x);
  return { mantissa: exponentialMinusOne(fixedPoint(clamp(x), bits), bits), bits };
}

export function exactLog(x: number): Exact {
  return logarithm(...parts(x), LOG_BITS);
}

export function exactLog1p(x: number): Exact {
  const bits = bitsFor(x);
  return logarithm((1n << BigInt(bits)) + fixedPoint(x, bits), -bits, bits);
}

export function exactSin(x: number): Exact {
  return turned(x, 0);
}

export function exactCos(x: number): Exact {
  return turned(x, 1);
}

export function exactTanh(x: number): Exact {
  const bits = bitsFor(x);
  const t = exponentialMinusOne(fixedPoint(2 * Math.max(-400, Math.min(400, x)), bits), bits);
  return { mantissa: (t << BigInt(bits)) / (t + (2n << BigInt(bits))), bits };
}

/** x^y for x > 0, and for x < 0 with an integer y. */
export function exactPow(x: number, y: number): Exact {
  const log = exactLog(Math.abs(x));
  const [mantissa, exponent] = parts(y);
  const bound = 800n << BigInt(BITS);
  const product = shift(log.mantissa * mantissa, exponent + BITS - log.bits);
  const size = exponential(product > bound ? bound : product < -bound ? -bound : product, BITS);
  return x < 0 && y % 2 !== 0 ? { mantissa: -size.mantissa, bits: size.bits } : size;
}

/** x = n pi/2 + rest with n the nearest integer, and n modulo 4; pi is taken to as many bits as x needs. */
export function exactQuarterTurns(x: number): { readonly quadrant: number; readonly rest: Exact } {
  const bits = bitsFor(x);
  const [mantissa, exponent] = parts(x);
  const wide = bits + Math.max(0, exponent + 64);
  const argument = shift(mantissa, exponent + wide);
  const halfPi = PI >> BigInt(CONSTANT_BITS - wide + 1);
  const n = floorDivide(argument + (halfPi >> 1n), halfPi);
  return { quadrant: Number(((n % 4n) + 4n) % 4n), rest: { mantissa: shift(argument - n * halfPi, bits - wide), bits } };
}

/**
 * The distance from a computed to an exact value in units in the last place of the exact one, that is in 2^(e - 52) where 2^e <=
 * |exact| < 2^(e + 1), but no less than the least subnormal. Infinity stands for 2^1024, and is the only right answer from there
 * on. NaN is infinitely far away.
 */
export function ulpError(computed: number, exact: Exact): number {
  const { mantissa, bits } = exact;
  if (Number.isNaN(computed)) return Infinity;
  if (mantissa === 0n) return computed === 0 ? 0 : Infinity;
  const exponent = bitLength(mantissa < 0n ? -mantissa : mantissa) - 1 - bits;
  if (exponent >= 1024) return computed === (mantissa < 0n ? -Infinity : Infinity) ? 0 : Infinity;
  const [computedMantissa, computedExponent] = Number.isFinite(computed) ? parts(computed) : ([computed < 0 ? -1n : 1n, 1024] as const);
  const common = Math.max(bits, -computedExponent);
  const difference = shift(computedMantissa, common + computedExponent) - shift(mantissa, common - bits);
  const ulpExponent = Math.max(exponent, -1022) - 52;
  return Math.abs(Number(shift(difference, 30 - common - ulpExponent))) / 1073741824;
}

/** Fraction bits that leave 192 significant ones in x. */
function bitsFor(x: number): number {
  const [mantissa, exponent] = parts(x);
  if (mantissa === 0n) return BITS;
  return BITS + Math.max(0, -(bitLength(mantissa < 0n ? -mantissa : mantissa) + exponent));
}

/** e^x beyond these is far out of range whatever x is. */
function clamp(x: number): number {
  return Math.max(-800, Math.min(800, x));
}

/** e^x by halving the reduced argument eight times, its Taylor series, and eight squarings. */
function exponential(x: bigint, bits: number): Exact {
  const F = BigInt(bits);
  const ln2 = LN2 >> BigInt(CONSTANT_BITS - bits);
  const k = floorDivide(x, ln2);
  const r = (x - k * ln2) >> 8n;
  let term = 1n << F;
  let sum = term;
  for (let n = 1n; term !== 0n; n++) {
    term = ((term * r) >> F) / n;
    sum += term;
  }
  for (let n = 0; n < 8; n++) sum = (sum * sum) >> F;
  return { mantissa: sum, bits: bits - Number(k) };
}

function exponentialMinusOne(x: bigint, bits: number): bigint {
  const F = BigInt(bits);
  const one = 1n << F;
  if (x > one >> 1n || x < -(one >> 1n)) {
    const { mantissa, bits: scaled } = exponential(x, bits);
    return shift(mantissa, bits - scaled) - one;
  }
  let term = x;
  let sum = x;
  for (let n = 2n; term !== 0n && term !== -1n; n++) {
    term = ((term * x) >> F) / n;
    sum += term;
  }
  return sum;
}

/** log(mantissa * 2^exponent) = k ln 2 + 2 atanh(s), s = (m - 1) / (m + 1), m in [2/3, 4/3). */
function logarithm(mantissa: bigint, exponent: number, bits: number): Exact {
  const F = BigInt(bits);
  const one = 1n << F;
  let k = bitLength(mantissa) + exponent;
  let m = shift(mantissa, exponent - k + bits);
  if (3n * m < one << 1n) {
    k--;
    m = shift(mantissa, exponent - k + bits);
  }
  const s = ((m - one) << F) / (m + one);
  const square = (s * s) >> F;
  let power = s;
  let sum = s;
  for (let n = 3n; power !== 0n && power !== -1n; n += 2n) {
    power = (power * square) >> F;
    sum += power / n;
  }
  return { mantissa: 2n * sum + BigInt(k) * (LN2 >> BigInt(CONSTANT_BITS - bits)), bits };
}

/** sin(x + quarters pi/2) by the Taylor series of sine or cosine. */
function turned(x: number, quarters: 0 | 1): Exact {
  const { quadrant, rest } = exactQuarterTurns(x);
  const turn = (quadrant + quarters) % 4;
  const value = alternating(rest.mantissa, turn % 2 === 0 ? 1 : 0, rest.bits);
  return { mantissa: turn >= 2 ? -value : value, bits: rest.bits };
}

/** r - r^3/3! + ... from power 1, 1 - r^2/2! + ... from power 0. */
function alternating(r: bigint, power: 0 | 1, bits: number): bigint {
  const F = BigInt(bits);
  const square = (r * r) >> F;
  let term = power === 1 ? r : 1n << F;
  let sum = term;
  for (let n = BigInt(power); term !== 0n; n += 2n) {
    term = (-term * square) / (((n + 1n) * (n + 2n)) << F);
    sum += term;
  }
  return sum;
}

/** x as mantissa * 2^exponent. */
function parts(x: number): readonly [mantissa: bigint, exponent: number] {
  view.setFloat64(0, x);
  const high = view.getUint32(0);
  const low = view.getUint32(4);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(low);
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return [high >>> 31 === 1 ? -mantissa : mantissa, Math.max(biased, 1) - 1075];
}

function fixedPoint(x: number, bits: number): bigint {
  const [mantissa, exponent] = parts(x);
  return shift(mantissa, exponent + bits);
}

function shift(value: bigint, left: number): bigint {
  return left >= 0 ? value << BigInt(left) : value >> BigInt(-left);
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return quotient * b > a ? quotient - 1n : quotient;
}

function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28;
}

const view = new DataView(new ArrayBuffer(8));
const BITS = 192;
const LOG_BITS = 320;
const CONSTANT_BITS = 1600;

/** ln 2 = 2 atanh(1/3); pi by Machin's formula, 16 atan(1/5) - 4 atan(1/239). */
const LN2 = 2n * inverseTangent(3n, 1n);
const PI = 16n * inverseTangent(5n, -1n) - 4n * inverseTangent(239n, -1n);

/** atanh(1/n) for sign 1, atan(1/n) for sign -1. */
function inverseTangent(n: bigint, sign: 1n | -1n): bigint {
  let power = (1n << BigInt(CONSTANT_BITS)) / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power = (sign * power) / (n * n);
    sum += power / k;
  }
  return sum;
}
