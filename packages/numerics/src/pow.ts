/**
 * x to the power y, after fdlibm's `e_pow.c` and with its coefficients. log2 |x| is computed in two doubles t1 + t2 good to about
 * 2^-78, multiplied by y in simulated double precision, and 2 raised to the product: an error in log2 |x| is magnified by y, up to
 * a thousandfold, before it reaches the result. Halves for exact products are taken by Dekker's splitting instead of clearing
 * words; with their 26 bits (fdlibm: 21) one path serves every y.
 *
 * Special values are those of `pow` in IEEE 754-2008, section 9.2.1. ECMAScript's own power differs in three cases: pow(1, NaN),
 * pow(1, +-Infinity) and pow(-1, +-Infinity) are 1 here and NaN there.
 *
 * fdlibm is Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice is preserved.
 */

import { highWord, powerOfTwo, scale, upperHalf } from "./bits.ts";
import { correction } from "./exp.ts";

/** x to the power y. Special values are those of IEEE 754: pow(x, 0) and pow(1, y) are 1 for every x and y, also for NaN. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return 1;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  if (size === 0 || size === Infinity) {
    const value = (size === 0) === y > 0 ? 0 : Infinity;
    return isNegative(x) && isOdd(y) ? -value : value;
  }
  if (x < 0) {
    if (Math.floor(y) !== y) return NaN;
    return isOdd(y) ? -powerOfPositive(size, y) : powerOfPositive(size, y);
  }
  if (y === 0.5) return Math.sqrt(x);
  return powerOfPositive(size, y);
}

/** x^y for finite x > 0 and finite y. */
function powerOfPositive(x: number, y: number): number {
  if (x === 1) return 1;
  // Even at the double next to 1, |log2 x| > 2^-53, so that |y log2 x| > 2^11.
  if (Math.abs(y) > TWO_64) return x > 1 === y > 0 ? Infinity : 0;

  // x = 2^n m with m nearest to 1 (m in [sqrt(3)/2, sqrt(3/2)]) or to 3/2 (m in (sqrt(3/2), sqrt(3))): `base` is that one.
  const normal = x < LEAST_NORMAL ? x * TWO_53 : x;
  let n = (highWord(normal) >> 20) - 1023;
  let m = normal * powerOfTwo(-n);
  if (m >= ROOT_3) {
    n++;
    m *= 0.5;
  }
  const nearOne = m <= ROOT_3_HALVES;
  const base = nearOne ? 1 : 1.5;
  const logBaseHigh = nearOne ? 0 : LOG2_3_HALVES_HIGH;
  const logBaseLow = nearOne ? 0 : LOG2_3_HALVES_LOW;
  if (x < LEAST_NORMAL) n -= 53;

  // s = (m - base) / (m + base) as s_h + s_l.
  const u = m - base;
  const v = 1 / (m + base);
  const s = u * v;
  const s_h = upperHalf(s);
  const d_h = upperHalf(m + base);
  const d_l = m - (d_h - base);
  const s_l = v * (u - s_h * d_h - s_h * d_l);

  // log(m / base) = 2/3 s (3 + s^2 + r), r the rest of the series; p_h + p_l = s (3 + s^2 + r).
  const s2 = s * s;
  const r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6))))) + s_l * (s_h + s);
  const s_h2 = s_h * s_h;
  const f_h = upperHalf(3 + s_h2 + r);
  const f_l = r - (f_h - 3 - s_h2);
  const product_h = s_h * f_h;
  const product_l = s_l * f_h + f_l * s;
  const p_h = upperHalf(product_h + product_l);
  const p_l = product_l - (p_h - product_h);

  // log2 x = n + log2(base) + 2 / (3 ln 2) (p_h + p_l) = t1 + t2.
  const z_h = CP_HIGH * p_h;
  const z_l = CP_LOW * p_h + p_l * CP + logBaseLow;
  const t1 = upperHalf(z_h + z_l + logBaseHigh + n);
  const t2 = z_l - (t1 - n - logBaseHigh - z_h);

  const y1 = upperHalf(y);
  return powerOfTwoOf(y1 * t1, (y - y1) * t1 + y * t2);
}

/** 2^(high + low), |low| far below |high|. */
function powerOfTwoOf(high: number, low: number): number {
  const sum = high + low;
  if (sum >= 1025) return Infinity;
  if (sum < -1076) return 0;
  const n = Math.floor(sum + 0.5);
  const rest = high - n;
  const t = upperHalf(rest + low);
  const u = t * LN2_UPPER;
  const v = (low - (t - rest)) * Math.LN2 + t * LN2_LOWER;
  const z = u + v;
  const w = v - (z - u);
  const c = correction(z);
  const r = (z * c) / (c - 2) - (w + z * w);
  return scale(1 - (r - z), n);
}

function isOdd(y: number): boolean {
  const half = 0.5 * y;
  return Math.abs(y) < TWO_53 && Math.floor(y) === y && Math.floor(half) !== half;
}

function isNegative(x: number): boolean {
  return x < 0 || 1 / x < 0;
}

const LEAST_NORMAL = 2.2250738585072014e-308; // 2^-1022
const TWO_53 = 9007199254740992;
const TWO_64 = 18446744073709552000; // 2^64
const ROOT_3 = 1.7320508075688772;
const ROOT_3_HALVES = 1.224744871391589;
const LOG2_3_HALVES_HIGH = 0.5849624872207642;
const LOG2_3_HALVES_LOW = 1.350039202129749e-8;
const L1 = 0.5999999999999946;
const L2 = 0.4285714285785502;
const L3 = 0.33333332981837743;
const L4 = 0.272728123808534;
const L5 = 0.23066074577556175;
const L6 = 0.20697501780033842;
const LN2_UPPER = 0.6931471824645996; // 24 bits
const LN2_LOWER = -1.904654299957768e-9;
const CP = 0.9617966939259756; // 2 / (3 ln 2)
const CP_HIGH = 0.9617967009544373; // 24 bits
const CP_LOW = -7.028461650952758e-9;
