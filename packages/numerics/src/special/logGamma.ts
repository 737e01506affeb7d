/**
 * The logarithm of the gamma function of x > 0. On [1, 3] it is (x - 1)(x - 2) times a rational function. The zeros at 1 and 2 are factors,
 * so the relative error stays small near them. `golden/fit.py` made the rational function, which is within 1.5e-17. Below 1, and from 3 to
 * 8, the recurrence lgamma(x + 1) = lgamma(x) + log x leads to this interval. Above 8, Stirling's series is used (Abramowitz and Stegun
 * 6.1.41).
 */

import { log } from "../log.ts";
import { polynomial } from "./polynomial.ts";

/**
 * The logarithm of the gamma function. It is Infinity at 0 and at Infinity, overflows to Infinity above 2.55e305, and is NaN below 0 and
 * for NaN. The relative error is at most 2e-15.
 */
export function logGamma(x: number): number {
  // With 1 + x for x the factors x and x - 1 are exact, while 1 + x may be rounded.
  if (x < 1) return x < 0 ? NaN : x * (x - 1) * quotient(1 + x) - log(x);
  // So signed that the zeros are positive ones.
  if (x <= 3) return 0 - (x - 1) * (2 - x) * quotient(x);
  if (x < 8) return descended(x);
  if (x === Infinity) return Infinity;
  const s = 1 / x / x;
  return (x - 0.5) * (log(x) - 1) + (STIRLING_CONSTANT + polynomial(STIRLING, s) / x);
}

/** lgamma(x) / ((x - 1)(x - 2)) for x in [1, 3]. */
function quotient(x: number): number {
  return polynomial(QUOTIENT, x) / polynomial(QUOTIENT_BELOW, x);
}

/** lgamma(x) = log((x - 1)(x - 2) ... (x - k)) + lgamma(x - k) with x - k in (2, 3]; x in (3, 8). */
function descended(x: number): number {
  let product = 1;
  let y = x;
  while (y > 3) {
    y--;
    product *= y;
  }
  return log(product) + (y - 1) * (y - 2) * quotient(y);
}

/** log(2 pi) / 2 - 1/2. */
const STIRLING_CONSTANT = 0.4189385332046727;
/** B_2k / (2k (2k - 1)) for k = 1 to 9: at x = 8 the first term left out is 2e-17. */
const STIRLING: Float64Array = Float64Array.of(
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
);
const QUOTIENT: Float64Array = Float64Array.of(
  2.418661762381458,
  47.24152011891634,
  191.47488429128086,
  246.14841186458585,
  110.63103210015932,
  16.60115342164709,
  0.6374978520840436,
  0.001416658518571861,
);
const QUOTIENT_BELOW: Float64Array = Float64Array.of(
  1.0,
  34.48762087966226,
  217.3503661684609,
  422.77717116778365,
  301.3707899960898,
  81.09515562682815,
  7.479201495498727,
  0.16714365047264043,
);
