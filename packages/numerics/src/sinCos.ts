/**
 * Sine and cosine: the argument is reduced to [-pi/4, pi/4] (`reducePi.ts`), where sin is approximated to 2^-58 by an odd
 * polynomial of degree 13 and cos by an even one of degree 14, both corrected to first order for the remainder's second double.
 * Coefficients from fdlibm's `k_sin.c` and `k_cos.c`; the order of summation of the cosine is that of FreeBSD's revision of it.
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */

import { reducePi, remainder } from "./reducePi.ts";

/** sin x, for x in radians and of any size. It is NaN at the infinities and for NaN. Zeros keep their sign. */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size < QUARTER_PI) return size < TINY ? x : sineNearZero(x, 0);
  if (!(size < Infinity)) return NaN;
  const quadrant = reducePi(x);
  const value = quadrant & 1 ? cosineNearZero(remainder[0]!, remainder[1]!) : sineNearZero(remainder[0]!, remainder[1]!);
  return quadrant & 2 ? -value : value;
}

/** cos x, for x in radians and of any size. It is NaN at the infinities and for NaN. */
export function cos(x: number): number {
  const size = Math.abs(x);
  if (size < QUARTER_PI) return cosineNearZero(x, 0);
  if (!(size < Infinity)) return NaN;
  const quadrant = reducePi(x);
  const value = quadrant & 1 ? sineNearZero(remainder[0]!, remainder[1]!) : cosineNearZero(remainder[0]!, remainder[1]!);
  return (quadrant + 1) & 2 ? -value : value;
}

/** sin(x + y) for |x| <= pi/4 and |y| far below |x|: sin x + (1 - x^2/2) y. */
function sineNearZero(x: number, y: number): number {
  const z = x * x;
  const w = z * z;
  const r = S2 + z * (S3 + z * S4) + z * w * (S5 + z * S6);
  const v = z * x;
  return x - (z * (0.5 * y - v * r) - y - v * S1);
}

/** cos(x + y) for |x| <= pi/4 and |y| far below |x|: cos x - x y, where 1 - x^2/2 is rounded and its rounding error added back. */
function cosineNearZero(x: number, y: number): number {
  const z = x * x;
  const w = z * z;
  const r = z * (C1 + z * (C2 + z * C3)) + w * w * (C4 + z * (C5 + z * C6));
  const halfSquare = 0.5 * z;
  const head = 1 - halfSquare;
  return head + (1 - head - halfSquare + (z * r - x * y));
}

const QUARTER_PI = 0.7853981633974483;
const TINY = 1.4901161193847656e-8; // 2^-26: x^3/6 is below half an ulp of x
const S1 = -0.16666666666666632;
const S2 = 0.00833333333332249;
const S3 = -0.0001984126982985795;
const S4 = 2.7557313707070068e-6;
const S5 = -2.5050760253406863e-8;
const S6 = 1.58969099521155e-10;
const C1 = 0.0416666666666666;
const C2 = -0.001388888888887411;
const C3 = 2.480158728947673e-5;
const C4 = -2.7557314351390663e-7;
const C5 = 2.087572321298175e-9;
const C6 = -1.1359647557788195e-11;
