/**
 * The standard normal distribution: density, distribution function and their logarithms. The distribution function is computed from erfcx
 * (see erf.ts), with the exponential factored out exactly. So neither tail loses digits.
 */

import { log } from "../log.ts";
import { log1p } from "../log1p.ts";
import { erfc, erfcx } from "./erf.ts";
import { expOfMinusHalfSquare } from "./expOfSquare.ts";

/**
 * exp(-x^2 / 2) / sqrt(2 pi). It is 0 at both infinities, underflows to 0 for |x| above 38.58, and is NaN for NaN. The relative error is at
 * most 2e-15.
 */
export function normalPdf(x: number): number {
  return INVERSE_ROOT_TWO_PI * expOfMinusHalfSquare(x);
}

/**
 * The logarithm of the density, -x^2 / 2 - log(2 pi) / 2. It is -Infinity at both infinities, and NaN for NaN. The relative error is at
 * most 2e-15.
 */
export function logNormalPdf(x: number): number {
  return -0.5 * x * x - HALF_LOG_TWO_PI;
}

/**
 * P(Z <= x) for a standard normal Z. It is 0 at -Infinity, underflows to 0 below -38.49, and is 1 at Infinity and NaN for NaN. The relative
 * error is at most 2e-15.
 */
export function normalCdf(x: number): number {
  if (x < -1) return 0.5 * expOfMinusHalfSquare(x) * erfcx(-x * ROOT_HALF);
  return 0.5 * erfc(-x * ROOT_HALF);
}

/**
 * log P(Z <= x) for a standard normal Z. Far below zero it is about -x^2 / 2 - log|x|. It is -Infinity at -Infinity, -0 at Infinity, and
 * NaN for NaN. The relative error is at most 2e-15.
 */
export function logNormalCdf(x: number): number {
  if (x < 0) return log(0.5 * erfcx(-x * ROOT_HALF)) - 0.5 * x * x;
  return log1p(-normalCdf(-x));
}

/**
 * The inverse Mills ratio of the lower tail: the density divided by the distribution function. It is the derivative of logNormalCdf. Far
 * below zero it is about -x. It is Infinity at -Infinity, 0 at Infinity, and NaN for NaN. The relative error is at most 2e-15.
 */
export function normalHazard(x: number): number {
  // -x - 1/x + 2/x^3 - ...; erfcx would become subnormal further on.
  if (x < -1e9) return -x;
  if (x < 0) return ROOT_TWO_OVER_PI / erfcx(-x * ROOT_HALF);
  return normalPdf(x) / normalCdf(x);
}

const ROOT_HALF: number = Math.SQRT1_2;
const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
const HALF_LOG_TWO_PI = 0.9189385332046728;
const ROOT_TWO_OVER_PI = 0.7978845608028654;
