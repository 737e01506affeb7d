/**
 * e^x - 1 without cancellation near zero, by the method and with the coefficients of fdlibm's `s_expm1.c`. With x = k ln 2 + r and
 * c the rounding error of r, the even function R1(r^2) = 6/r (1 + 2 (1/(e^r - 1) - 1/r)) is approximated to 2^-61 by a polynomial
 * in r^2/2, and e^r - 1 = r - E with E = r (r^2/2 (R1 - (3 - R1 r/2)) / (6 - r (3 - R1 r/2)) - c) - c - r^2/2. Then e^x - 1 = 2^k
 * (1 - 2^-k - (E - r)), ordered by k so that the subtraction of 1 loses nothing.
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */

import { powerOfTwo, scale } from "./bits.ts";
import { INVERSE_LN2, LN2_HIGH, LN2_LOW } from "./ln2.ts";

/** e^x - 1, accurate near zero. It is -1 at -Infinity, Infinity above 709.782712893384, and NaN for NaN. Zeros keep their sign. */
export function expm1(x: number): number {
  if (x > 710) return Infinity;
  if (x < LEAST) return -1;
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (size < HALF_LN2) {
    const halfSquare = 0.5 * x * x;
    return x - (x * curvature(x, halfSquare) - halfSquare);
  }
  const k = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = high - r - low;
  const halfSquare = 0.5 * r * r;
  const E = r * (curvature(r, halfSquare) - c) - c - halfSquare;
  if (k === -1) return 0.5 * (r - E) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (E - (r + 0.5)) : 1 + 2 * (r - E);
  if (k < 0 || k > 56) return scale(1 - (E - r), k) - 1;
  if (k < 20) return scale(1 - powerOfTwo(-k) - (E - r), k);
  return scale(r - (E + powerOfTwo(-k)) + 1, k);
}

/** r^2/2 (R1 - t) / (6 - r t) with t = 3 - R1 r/2, given r and r^2/2. */
function curvature(r: number, halfSquare: number): number {
  const square = halfSquare * halfSquare;
  const R1 = 1 + halfSquare * Q1 + square * (Q2 + halfSquare * Q3) + square * square * (Q4 + halfSquare * Q5);
  const t = 3 - R1 * (0.5 * r);
  return halfSquare * ((R1 - t) / (6 - r * t));
}

const LEAST = -38.816242111356935; // -56 ln 2: from here down e^x is below half an ulp of 1
const TINY = 5.551115123125783e-17; // 2^-54
const HALF_LN2 = 0.34657359027997264;
const Q1 = -0.03333333333333313;
const Q2 = 0.0015873015872548146;
const Q3 = -7.93650757867488e-5;
const Q4 = 4.008217827329362e-6;
const Q5 = -2.0109921818362437e-7;
