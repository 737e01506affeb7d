/**
 * The R-sequence of M. Roberts, *The unreasonable effectiveness of quasirandom sequences* (extremelearning.com.au, 2018). Point n is the
 * fractional part of 1/2 + n alpha, where alpha_j = phi^-j and phi is the positive root of x^(d+1) = x + 1. In one dimension phi is the
 * golden ratio, and in two the plastic number. Of the sequences that are cheap to compute, this one keeps its points farthest apart.
 *
 * In doubles, n alpha loses as many digits of its fraction as n has. So this file solves for phi in 128-bit fixed point and keeps alpha in
 * four parts of 21 bits, whose products with n are exact. The coordinates are right to 2^-51 for every n up to 2^32.
 */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { checkDimensions, checkRange, type Sequence } from "./sequence.ts";

/**
 * The R-sequence in `dimensions` dimensions, at most 4096. Index i is point n = i + 1. With a key, a uniform shift of each coordinate
 * replaces 1/2 (R. Cranley and T. N. L. Patterson, SIAM J. Numer. Anal. 13 (1976) 904-914). Unlike Sobol and Halton, the points depend on
 * the number of dimensions.
 *
 * @throws ConfigError for dimensions that are not a whole number of at least 1, LimitError for too many.
 */
export function rSequence(dimensions: number, shift: Key | null): Sequence {
  checkDimensions("rSequence", dimensions, 4096);
  const parts = alphaParts(dimensions);
  const origin = Float64Array.from({ length: dimensions }, (_, j) =>
    shift === null ? 0.5 : stream(derive(shift, "dimension", j)).uniform(),
  );
  const write = (index: number, out: Float64Array, to: number): void => {
    for (let j = 0; j < dimensions; j++) out[to + j] = fraction(fractionOfProduct(parts, 4 * j, index + 1) + origin[j]!);
  };
  const at = (index: number, out: Float64Array = new Float64Array(dimensions)): Float64Array => {
    checkRange("rSequence.at", dimensions, index, 1, out);
    write(index, out, 0);
    return out;
  };
  const fill = (start: number, count: number, out: Float64Array): void => {
    checkRange("rSequence.fill", dimensions, start, count, out);
    for (let row = 0; row < count; row++) write(start + row, out, row * dimensions);
  };
  return { dimensions, at, fill };
}

const twoTo21 = 0x20_0000;
const twoTo42 = twoTo21 * twoTo21;
const twoTo63 = twoTo42 * twoTo21;
const twoTo84 = twoTo42 * twoTo42;

/** The fraction of n alpha: the products are integers of at most 53 bits, and their parts above one do not count. */
function fractionOfProduct(parts: Float64Array, at: number, n: number): number {
  const high = fraction((n * parts[at]!) / twoTo21);
  const middle = fraction((n * parts[at + 1]!) / twoTo42);
  const low = (n * parts[at + 2]!) / twoTo63 + (n * parts[at + 3]!) / twoTo84;
  return fraction(high + fraction(middle + low));
}

function fraction(x: number): number {
  return x - Math.floor(x);
}

/** alpha_1 ... alpha_d to 84 bits, each as four integers of 21 bits, most significant first. */
function alphaParts(dimensions: number): Float64Array {
  const inverse = (one * one) / phi(dimensions);
  const parts = new Float64Array(4 * dimensions);
  let alpha = one;
  for (let j = 0; j < dimensions; j++) {
    alpha = (alpha * inverse) >> fractionBits;
    for (let part = 0; part < 4; part++) parts[4 * j + part] = Number((alpha >> (fractionBits - BigInt(21 * (part + 1)))) & 0x1fffffn);
  }
  return parts;
}

const fractionBits = 128n;
const one = 1n << fractionBits;

/**
 * phi of d dimensions in fixed point, by Newton's method on x^(d+1) - x - 1. The function is convex and positive at 1 + 1/d, so the
 * iterates fall towards the root until rounding stops them.
 */
function phi(dimensions: number): bigint {
  const d = BigInt(dimensions);
  let x = one + one / d;
  for (;;) {
    const lower = power(x, dimensions);
    const value = ((lower * x) >> fractionBits) - x - one;
    const slope = (d + 1n) * lower - one;
    const next = x - (value * one) / slope;
    if (next >= x) return x;
    x = next;
  }
}

function power(x: bigint, exponent: number): bigint {
  let product = one;
  let square = x;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product = (product * square) >> fractionBits;
    square = (square * square) >> fractionBits;
  }
  return product;
}
