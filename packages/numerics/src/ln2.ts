/**
 * ln 2 in two parts whose sum is good to 2^-86, and its reciprocal, as split by fdlibm: the upper part ends in 21 zero bits, so
 * that its product with any binary exponent is exact. fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely
 * granted, provided that this notice is preserved.
 */

export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;
export const INVERSE_LN2: number = Math.LOG2E;
