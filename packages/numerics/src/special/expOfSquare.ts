/**
 * exp(-x^2) and its like with the square carried to twice the working precision: half an ulp of x^2 = 700 alone would cost 5.7e-14 of the
 * result. Exact products by T. J. Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18
 * (1971).
 */

import { upperHalf } from "../bits.ts";
import { exp } from "../exp.ts";

/** exp(-x^2): 0 at both infinities, NaN for NaN. */
export function expOfMinusSquare(x: number): number {
  const square = x * x;
  if (square > 750) return 0;
  return exp(-square) * (1 - squareRemainder(x, square));
}

/** exp(x^2): Infinity at both infinities, NaN for NaN. */
export function expOfSquare(x: number): number {
  const square = x * x;
  if (square > 750) return Infinity;
  return exp(square) * (1 + squareRemainder(x, square));
}

/** exp(-x^2 / 2): 0 at both infinities, NaN for NaN. */
export function expOfMinusHalfSquare(x: number): number {
  const square = x * x;
  if (square > 1500) return 0;
  return exp(-0.5 * square) * (1 - 0.5 * squareRemainder(x, square));
}

/**
 * x^2 - square, exact, where `square` is x * x rounded and |x| < 2^500; |remainder| <= 2^-53 x^2, so that its exponential is 1 plus itself.
 */
function squareRemainder(x: number, square: number): number {
  const high = upperHalf(x);
  const low = x - high;
  return high * high - square + 2 * high * low + low * low;
}
