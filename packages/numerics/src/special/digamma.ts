/**
 * The logarithmic derivative of the gamma function for x > 0: the recurrence psi(x) = psi(x + 1) - 1/x up to 10, then the asymptotic
 * series (Abramowitz and Stegun 6.3.5 and 6.3.18).
 */

import { log } from "../log.ts";
import { polynomial } from "./polynomial.ts";

/**
 * The digamma function. Its zero is at 1.4616. It is -Infinity at 0, Infinity at Infinity, and NaN below 0 and for NaN. The error is at
 * most 2e-15 max(1, |value|).
 */
export function digamma(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  let below = 0;
  let y = x;
  while (y < 10) {
    below += 1 / y;
    y++;
  }
  const s = 1 / y / y;
  return log(y) - 0.5 / y - s * polynomial(SERIES, s) - below;
}

/** B_2k / 2k for k = 1 to 8: at x = 10 the first term left out is 3e-18. */
const SERIES: Float64Array = Float64Array.of(1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160);
