/**
 * log(1 + x) without the loss of rounding 1 + x, by the method of fdlibm's `s_log1p.c`. Near zero, f = x is exact. Elsewhere u = 1 + x is
 * rounded. The rounding error c = (1 + x) - u is computed exactly, and log(1 + x) = log(u) + c / u holds to far below an ulp.
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

import { powerOfTwo } from "./bits.ts";
import { binaryExponent, logOnePlus } from "./log.ts";

/** log(1 + x), accurate near zero. It is -Infinity at -1, NaN below -1 and for NaN, and Infinity at Infinity. Zeros keep their sign. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (Math.abs(x) < TINY) return x;
  if (x > LOWEST_EXACT && x < HIGHEST_EXACT) return logOnePlus(x, 0, 0);
  const u = 1 + x;
  const lost = x < 1 ? x - (u - 1) : 1 - (u - x);
  const k = binaryExponent(u);
  return logOnePlus(u * powerOfTwo(-k) - 1, k, lost / u);
}

const TINY = 5.551115123125783e-17; // 2^-54
const LOWEST_EXACT = -0.2928; // sqrt(1/2) - 1, rounded inwards
const HIGHEST_EXACT = 0.4142; // sqrt(2) - 1, rounded inwards
