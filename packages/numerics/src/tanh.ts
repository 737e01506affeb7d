/**
 * The hyperbolic tangent from expm1, by the method of fdlibm's `s_tanh.c`. For |x| >= 1 it is tanh |x| = 1 - 2 / (t + 2) with t = expm1(2
 * |x|). For |x| < 1 that difference would cancel, and it is tanh |x| = -t / (t + 2) with t = expm1(-2 |x|).
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

import { expm1 } from "./expm1.ts";

/** tanh x. It is -1 and 1 at the infinities, and already for |x| >= 22. It is NaN for NaN. Zeros keep their sign. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  const value = size >= 22 ? 1 : size >= 1 ? fromOne(expm1(2 * size)) : fromZero(expm1(-2 * size));
  return x < 0 ? -value : value;
}

function fromOne(t: number): number {
  return 1 - 2 / (t + 2);
}

function fromZero(t: number): number {
  return -t / (t + 2);
}

const TINY = 2.7755575615628914e-17; // 2^-55
