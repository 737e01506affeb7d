/**
 * The error function and its complements, after W. J. Cody's plan (Rational Chebyshev approximations for the error function,
 * Mathematics of Computation 23, 1969): erf(x) / x is a polynomial in x^2 for |x| <= 1/2, the scaled complement erfcx(x) =
 * exp(x^2) erfc(x) a rational function up to 4 and 1/x times a rational function of 1/x^2 beyond. The coefficients are our own, made
 * by golden/fit.py, each good to 1.4e-17, 4.8e-17 and 4.1e-17.
 */

import { expOfMinusSquare, expOfSquare } from "./expOfSquare.ts";
import { polynomial } from "./polynomial.ts";

/**
 * 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x. It is -1 at -Infinity, 1 at Infinity, and NaN for NaN. It is odd, and zeros keep
 * their sign. The relative error is at most 2e-15.
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size > SMALL)) return size < TINY ? x * TWO_OVER_ROOT_PI : x * polynomial(MIDDLE, x * x);
  const value = 1 - complement(size);
  return x < 0 ? -value : value;
}

/**
 * 1 - erf(x) without cancellation. It is 2 at -Infinity, 0 at Infinity, and NaN for NaN. It is subnormal above 26.54 and 0 above 27.23. The
 * relative error is at most 2e-15.
 */
export function erfc(x: number): number {
  if (!(Math.abs(x) > SMALL)) return 1 - erf(x);
  return x < 0 ? 2 - complement(-x) : complement(x);
}

/**
 * exp(x^2) erfc(x). It overflows to Infinity below -26.63. For large x it falls as 1 / (x sqrt(pi)), to 0 at Infinity. It is NaN for NaN.
 * The relative error is at most 2e-15.
 */
export function erfcx(x: number): number {
  if (x > SMALL) return scaledComplement(x);
  return expOfSquare(x) * (1 - erf(x));
}

/** erfc(x) for x > 1/2. */
function complement(x: number): number {
  return x > 28 ? 0 : expOfMinusSquare(x) * scaledComplement(x);
}

/** erfcx(x) for x > 1/2. */
function scaledComplement(x: number): number {
  if (x <= 4) return polynomial(NEAR, x) / polynomial(NEAR_BELOW, x);
  const s = 1 / x / x;
  return polynomial(FAR, s) / polynomial(FAR_BELOW, s) / x;
}

const SMALL = 0.5;
const TINY = 1e-10;
const TWO_OVER_ROOT_PI = 1.1283791670955126;
/** erf(x) / x in x^2, |x| <= 1/2. */
const MIDDLE: Float64Array = Float64Array.of(
  1.1283791670955126,
  -0.3761263890318375,
  0.11283791670954864,
  -0.026866170644997592,
  0.0052239776219731955,
  -0.0008548326505680343,
  0.00012055285860300648,
  -1.4922989876797666e-5,
  1.6370947131152985e-6,
  -1.4618363833567266e-7,
);
/** erfcx(x), 1/2 <= x <= 4. */
const NEAR: Float64Array = Float64Array.of(
  0.9999999999935556,
  1.6705368019204352,
  1.3968377538722354,
  0.7209012890780454,
  0.24459663293540035,
  0.054280951020983396,
  0.00731298831227145,
  0.0004661182723672049,
  1.6561293747175877e-11,
);
const NEAR_BELOW: Float64Array = Float64Array.of(
  1.0,
  2.7989159689064906,
  3.5550762245129657,
  2.6857120430070953,
  1.3255142554483033,
  0.4400106300359363,
  0.09662414350358016,
  0.012961897805603056,
  0.0008261746159640447,
);
/** x erfcx(x) in 1 / x^2, x > 4. */
const FAR: Float64Array = Float64Array.of(
  0.5641895835477563,
  12.236556126637927,
  84.57777217189698,
  215.62078825632744,
  172.11882120924668,
  19.362085128126356,
);
const FAR_BELOW: Float64Array = Float64Array.of(
  1.0,
  22.18873102848083,
  160.25456350136847,
  447.53862994697454,
  443.69243255096814,
  104.90545231111909,
);
