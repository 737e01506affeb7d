/**
 * The natural logarithm, by the method and with the coefficients of fdlibm's `e_log.c`. Write x = 2^k (1 + f) with sqrt(1/2) <= 1 +
 * f < sqrt(2), and s = f / (2 + f); then log(1 + f) = log(1 + s) - log(1 - s) = 2 s + 2 s^3/3 + ... = f - (f^2/2 - s (f^2/2 + R)),
 * where R approximates the series beyond its first term to 2^-58.45. The result is k ln 2 + log(1 + f).
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */

import { highWord, powerOfTwo } from "./bits.ts";
import { LN2_HIGH, LN2_LOW } from "./ln2.ts";

/** The natural logarithm of x. It is -Infinity at both zeros, NaN below zero and for NaN, and Infinity at Infinity. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  const subnormal = x < LEAST_NORMAL;
  const normal = subnormal ? x * TWO_54 : x;
  const k = binaryExponent(normal);
  const f = normal * powerOfTwo(-k) - 1;
  return logOnePlus(f, subnormal ? k - 54 : k, 0);
}

/** The k with sqrt(1/2) <= x / 2^k < sqrt(2), up to the first 20 bits of the root; x normal and positive. */
export function binaryExponent(x: number): number {
  return ((highWord(x) + (ONE_HIGH - ROOT_HALF_HIGH)) >> 20) - 1023;
}

/** k ln 2 + log(1 + f) + tail, where sqrt(1/2) <= 1 + f < sqrt(2) and the tail is far below the rest. */
export function logOnePlus(f: number, k: number, tail: number): number {
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const R = z * (Lg1 + w * (Lg3 + w * (Lg5 + w * Lg7))) + w * (Lg2 + w * (Lg4 + w * Lg6));
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + R) + (k * LN2_LOW + tail)) - f);
}

const LEAST_NORMAL = 2.2250738585072014e-308; // 2^-1022
const TWO_54 = 18014398509481984;
const ONE_HIGH = 0x3ff00000; // upper word of 1
const ROOT_HALF_HIGH = 0x3fe6a09e; // upper word of sqrt(1/2)
const Lg1 = 0.6666666666666735;
const Lg2 = 0.3999999999940942;
const Lg3 = 0.2857142874366239;
const Lg4 = 0.22222198432149784;
const Lg5 = 0.1818357216161805;
const Lg6 = 0.15313837699209373;
const Lg7 = 0.14798198605116586;
