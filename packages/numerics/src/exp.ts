/**
 * The exponential function, by the method and with the coefficients of fdlibm's `e_exp.c`. With k the integer nearest to x / ln 2
 * and r = x - k ln 2, |r| <= ln(2) / 2, the even function r (e^r + 1) / (e^r - 1) = 2 + r^2/6 - r^4/360 + ... is approximated to
 * 2^-59 by 2 + P1 r^2 + ... + P5 r^10; solving for e^r and multiplying by 2^k gives the result.
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */

import { scale } from "./bits.ts";
import { INVERSE_LN2, LN2_HIGH, LN2_LOW } from "./ln2.ts";

/** e^x. It overflows to Infinity above 709.782712893384 and underflows to 0 below -745.1332191019412. exp(NaN) is NaN. */
export function exp(x: number): number {
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  const size = Math.abs(x);
  // e^x = 1 + x to less than 2^-57 here; NaN fails both comparisons and passes through the arithmetic below.
  if (size < TINY) return 1 + x;
  if (size < HALF_LN2) {
    const c = correction(x);
    return 1 - ((x * c) / (c - 2) - x);
  }
  const k = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
  // k * LN2_HIGH is exact: LN2_HIGH has 21 trailing zero bits. The remainder is high - low to twice the working precision.
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = correction(r);
  return scale(1 - (low - (r * c) / (2 - c) - high), k);
}

/** R1(r) = r - (P1 r^2 + ... + P5 r^10), in terms of which e^r = 1 + r + r R1 / (2 - R1). */
export function correction(r: number): number {
  const t = r * r;
  return r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
}

const TINY = 3.725290298461914e-9; // 2^-28
const HALF_LN2 = 0.34657359027997264;
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;
