/**
 * What one lane of `assembly/exp.ts` computes, step by step: e^-u for the covariances, times 2^54 so that the last factor 2^-54 is
 * the only one that can round below the normal range.
 *
 * With n the integer nearest to u / ln 2 and r = n ln 2 - u, |r| <= ln(2) / 2, e^-u = 2^-n e^r. The product of n and the upper part of
 * ln 2 is exact (W. J. Cody and W. Waite, *Software manual for the elementary functions*, 1980, chapter 6), and
 * e^r = 1 + r + r^2 (c2 + c3 r + ... + c11 r^9) to 2^-57.9 of itself, with the minimax coefficients that golden/covariance.py finds.
 */
import { powerOfTwo } from "../bits.ts";
import { INVERSE_LN2, LN2_HIGH, LN2_LOW } from "../ln2.ts";

/** 2^54 e^-u for 0 <= u <= 746.5; NaN for NaN. */
export function scaledExpNegative(u: number): number {
  const shifted = ROUNDER - u * INVERSE_LN2;
  const n = ROUNDER - shifted;
  const r = n * LN2_HIGH - u + n * LN2_LOW;
  const r2 = r * r;
  const r4 = r2 * r2;
  const low = C2 + r * C3 + r2 * (C4 + r * C5);
  const high = C6 + r * C7 + r2 * (C8 + r * C9);
  const q = low + r4 * (high + r4 * (C10 + r * C11));
  return (1 + (r + r2 * q)) * (n === 1077 ? 0 : powerOfTwo(54 - n));
}

/** The greatest argument that need be told apart: here n is 1077, and 2^(54 - n) has become 0 because its biased exponent has. */
export const GREATEST = 746.5;
/** 1.5 * 2^52: adding it rounds to an integer. Its low digits leave the biased exponent of 2^(54 - n) in those of `shifted`. */
const ROUNDER = 6755399441055744 + 1077;
const C2 = 0.5000000000000011;
const C3 = 0.16666666666666413;
const C4 = 0.041666666666530267;
const C5 = 0.008333333333494335;
const C6 = 0.0013888888943597998;
const C7 = 0.00019841269506777747;
const C8 = 2.4801493135841673e-5;
const C9 = 2.755758626743288e-6;
const C10 = 2.7630234052893854e-7;
const C11 = 2.5000072190215835e-8;
