/**
 * Argument reduction for sine and cosine: x = n pi/2 + remainder with |remainder| about pi/4 or less, the remainder in two doubles.
 * Up to 2^19 pi/2 by subtracting n times pi/2 in three 33-bit parts (W. J. Cody and W. Waite, Software Manual for the Elementary
 * Functions, 1980), with the parts and the order of fdlibm's `e_rem_pio2.c`. Beyond, by M. H. Payne and R. N. Hanek, Radian
 * reduction for trigonometric functions, ACM SIGNUM Newsletter 18 (1983): only those digits of 2/pi are multiplied that can reach
 * the last two bits of the quotient and its first 144 fraction bits. No finite double but 0
 * comes closer than 2^-62 quarter turns to a multiple of pi/2, so that at least 68 significant bits of every remainder are right.
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */

import { highWord, powerOfTwo, upperHalf } from "./bits.ts";

/** The remainder of the latest reduction: its value rounded to a double, then what the rounding lost. Read it before reducing again. */
export const remainder: Float64Array = new Float64Array(2);

/** Reduces a finite x and returns the quadrant: n modulo 4, from 0 to 3. The remainder is left in `remainder`. */
export function reducePi(x: number): number {
  const size = Math.abs(x);
  const quadrant = size < LARGE ? reduceByParts(size) : reduceByDigits(size);
  if (x > 0) return quadrant;
  remainder[0] = -remainder[0]!;
  remainder[1] = -remainder[1]!;
  return -quadrant & 3;
}

/** Cody and Waite: each further part of pi/2 is subtracted only where the last one left too few correct bits. */
function reduceByParts(size: number): number {
  const n = Math.floor(size * TWO_OVER_PI + 0.5);
  let rest = size - n * PART1;
  let tail = n * PART1_TAIL;
  let value = rest - tail;
  if (Math.abs(value) < size * TWO_MINUS_16) {
    const before = rest;
    const part = n * PART2;
    rest = before - part;
    tail = n * PART2_TAIL - (before - rest - part);
    value = rest - tail;
    if (Math.abs(value) < size * TWO_MINUS_48) {
      const second = rest;
      const last = n * PART3;
      rest = second - last;
      tail = n * PART3_TAIL - (second - rest - last);
      value = rest - tail;
    }
  }
  remainder[0] = value;
  remainder[1] = rest - value - tail;
  return n & 3;
}

/**
 * Payne and Hanek in digits of 24 bits. With size = 2^(24 p) (x0 + x1 2^-24 + x2 2^-48 + x3 2^-72) and 2/pi = sum D_j 2^(-24 (j +
 * 1)), the column k of the product, sum over i of x_i D_(k - i), weighs 2^(24 (p - 1 - k)): columns before p - 1 are multiples of 4
 * quarter turns, column p - 1 is the integer part, and the seven after it the fraction. Four products of 48 bits stay exact in a
 * double.
 */
function reduceByDigits(size: number): number {
  const p = Math.floor(((highWord(size) >> 20) - 1023) / 24);
  const scaled = size * powerOfTwo(-24 * p);
  const x0 = Math.floor(scaled);
  const rest1 = (scaled - x0) * TWO_24;
  const x1 = Math.floor(rest1);
  const rest2 = (rest1 - x1) * TWO_24;
  const x2 = Math.floor(rest2);
  const x3 = (rest2 - x2) * TWO_24;

  let carry = 0;
  for (let column = 7; column >= 0; column--) {
    const k = p - 1 + column;
    const sum = x0 * digit(k) + x1 * digit(k - 1) + x2 * digit(k - 2) + x3 * digit(k - 3) + carry;
    carry = Math.floor(sum * TWO_MINUS_24);
    digits[column] = sum - carry * TWO_24;
  }

  // A fraction of a half or more belongs to the next quadrant, from below: its complement is taken digit by digit, before any rounding.
  const below = digits[1]! >= TWO_23;
  const quadrant = (digits[0]! + (below ? 1 : 0)) & 3;
  if (below) {
    for (let column = 1; column < 7; column++) digits[column] = TWO_24 - 1 - digits[column]!;
    digits[7] = TWO_24 - digits[7]!;
  }

  // The fraction as high + low: pairs of digits are exact doubles, and each pair exceeds all that follow unless it is zero.
  const first = digits[1]! * TWO_MINUS_24 + digits[2]! * TWO_MINUS_48;
  const second = (digits[3]! * TWO_MINUS_24 + digits[4]! * TWO_MINUS_48) * TWO_MINUS_48;
  const third = (digits[5]! * TWO_MINUS_24 + digits[6]! * TWO_MINUS_48) * TWO_MINUS_96;
  const upper = first + second;
  const lower = second - (upper - first) + third;
  const high = upper + lower;
  const low = lower - (high - upper);

  // Times pi/2, in two doubles each (Dekker's exact product).
  const product = high * HALF_PI;
  const high1 = upperHalf(high);
  const high2 = high - high1;
  const lost = high1 * HALF_PI_UPPER - product + high1 * HALF_PI_REST + high2 * HALF_PI_UPPER + high2 * HALF_PI_REST;
  const tail = lost + (high * HALF_PI_TAIL + low * HALF_PI);
  const value = product + tail;
  const valueTail = tail - (value - product);
  remainder[0] = below ? -value : value;
  remainder[1] = below ? -valueTail : valueTail;
  return quadrant;
}

function digit(j: number): number {
  return j < 0 ? 0 : TWO_OVER_PI_DIGITS[j]!;
}

/** The integer column of the product and its seven fraction columns, reused by every reduction. */
const digits = new Float64Array(8);

const LARGE = 823549; // 2^19 pi/2: below it, n has at most 20 bits and n times a 33-bit part is exact
const TWO_OVER_PI = 0.6366197723675814;
const PART1 = 1.5707963267341256; // the first 33 bits of pi/2
const PART1_TAIL = 6.077100506506192e-11; // pi/2 - PART1
const PART2 = 6.077100506303966e-11; // the next 33 bits
const PART2_TAIL = 2.0222662487959506e-21; // pi/2 - PART1 - PART2
const PART3 = 2.0222662487111665e-21; // the next 33 bits
const PART3_TAIL = 8.4784276603689e-32; // pi/2 - PART1 - PART2 - PART3
const HALF_PI = 1.5707963267948966;
const HALF_PI_TAIL = 6.123233995736766e-17; // pi/2 - HALF_PI
const HALF_PI_UPPER: number = upperHalf(HALF_PI);
const HALF_PI_REST: number = HALF_PI - HALF_PI_UPPER;
const TWO_23 = 8388608;
const TWO_24 = 16777216;
const TWO_MINUS_16 = 1.52587890625e-5;
const TWO_MINUS_24 = 5.9604644775390625e-8;
const TWO_MINUS_48 = 3.552713678800501e-15;
const TWO_MINUS_96 = 1.262177448353619e-29;

/** The first 1,176 bits of 2/pi, 24 a digit: as many as the largest double needs (p = 42, columns up to p + 6). */
const TWO_OVER_PI_DIGITS: Float64Array = Float64Array.of(
  0xa2f983,
  0x6e4e44,
  0x1529fc,
  0x2757d1,
  0xf534dd,
  0xc0db62,
  0x95993c,
  0x439041,
  0xfe5163,
  0xabdebb,
  0xc561b7,
  0x246e3a,
  0x424dd2,
  0xe00649,
  0x2eea09,
  0xd1921c,
  0xfe1deb,
  0x1cb129,
  0xa73ee8,
  0x8235f5,
  0x2ebb44,
  0x84e99c,
  0x7026b4,
  0x5f7e41,
  0x3991d6,
  0x398353,
  0x39f49c,
  0x845f8b,
  0xbdf928,
  0x3b1ff8,
  0x97ffde,
  0x05980f,
  0xef2f11,
  0x8b5a0a,
  0x6d1f6d,
  0x367ecf,
  0x27cb09,
  0xb74f46,
  0x3f669e,
  0x5fea2d,
  0x7527ba,
  0xc7ebe5,
  0xf17b3d,
  0x0739f7,
  0x8a5292,
  0xea6bfb,
  0x5fb11f,
  0x8d5d08,
  0x560330,
);
