/**
 * The quantile of the standard normal distribution by M. J. Wichura, Algorithm AS 241: The percentage points of the normal
 * distribution, Applied Statistics 37 (1988), 477-484, routine PPND16: one rational function of degree 7 in the middle and two in
 * the tails, in terms of r = sqrt(-log p), each good to about 1e-16. Coefficients as published there.
 */

import { log } from "./log.ts";

/** The z with P(Z <= z) = p for a standard normal Z. It is -Infinity at 0, Infinity at 1, and NaN outside [0, 1] and for NaN. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(MIDDLE, MIDDLE_BELOW, 0.180625 - q * q);
  const tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return tail === 0 ? (q < 0 ? -Infinity : Infinity) : NaN;
  const r = Math.sqrt(-log(tail));
  const size = r <= 5 ? ratio(NEAR, NEAR_BELOW, r - 1.6) : ratio(FAR, FAR_BELOW, r - 5);
  return q < 0 ? -size : size;
}

/** The quotient of two polynomials of degree 7 at r, coefficients by ascending power. */
function ratio(above: Float64Array, below: Float64Array, r: number): number {
  let numerator = above[7]!;
  let denominator = below[7]!;
  for (let power = 6; power >= 0; power--) {
    numerator = numerator * r + above[power]!;
    denominator = denominator * r + below[power]!;
  }
  return numerator / denominator;
}

/** |p - 1/2| <= 0.425. */
const MIDDLE: Float64Array = Float64Array.of(
  3.3871328727963665,
  133.14166789178438,
  1971.5909503065513,
  13731.69376550946,
  45921.95393154987,
  67265.7709270087,
  33430.57558358813,
  2509.0809287301227,
);
const MIDDLE_BELOW: Float64Array = Float64Array.of(
  1,
  42.31333070160091,
  687.1870074920579,
  5394.196021424751,
  21213.794301586597,
  39307.89580009271,
  28729.085735721943,
  5226.495278852854,
);
/** r <= 5, that is a tail of e^-25 = 1.4e-11 or more. */
const NEAR: Float64Array = Float64Array.of(
  1.4234371107496835,
  4.630337846156546,
  5.769497221460691,
  3.6478483247632045,
  1.2704582524523684,
  0.2417807251774506,
  0.022723844989269184,
  0.0007745450142783414,
);
const NEAR_BELOW: Float64Array = Float64Array.of(
  1,
  2.053191626637759,
  1.6763848301838038,
  0.6897673349851,
  0.14810397642748008,
  0.015198666563616457,
  0.0005475938084995345,
  1.0507500716444169e-9,
);
/** r > 5. */
const FAR: Float64Array = Float64Array.of(
  6.657904643501103,
  5.463784911164114,
  1.7848265399172913,
  0.29656057182850487,
  0.026532189526576124,
  0.0012426609473880784,
  2.7115555687434876e-5,
  2.0103343992922881e-7,
);
const FAR_BELOW: Float64Array = Float64Array.of(
  1,
  0.599832206555888,
  0.1369298809227358,
  0.014875361290850615,
  0.0007868691311456133,
  1.8463183175100548e-5,
  1.421511758316446e-7,
  2.0442631033899397e-15,
);
