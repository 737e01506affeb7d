/**
 * The functions of smooth activations for networks in single precision: computed in double, to 12 digits or more, and rounded to float32 by
 * who calls them. Fewer branches than in functions for double, so that SIMD lanes can go the same way (assembly/singleFunctions.ts, the
 * same bits once rounded).
 */

import { exp } from "../exp.ts";

/** tanh x = (1 - e) / (1 + e) with e = exp(-2 |x|), and Taylor's series below 1/16, where that cancels. */
export function tanhSingle(x: number): number {
  const size = Math.abs(x);
  if (size < 0.0625) {
    const s = x * x;
    return x * (1 + s * (T1 + s * (T2 + s * (T3 + s * (T4 + s * T5)))));
  }
  const e = exp(-2 * size);
  const value = (1 - e) / (1 + e);
  return x < 0 ? -value : value;
}

/** x Phi(x), Phi the standard normal distribution function. */
export function geluSingle(x: number): number {
  return x * normalCdf(x, bell(x));
}

/** d/dx x Phi(x) = Phi(x) + x phi(x). */
export function geluSlopeSingle(x: number): number {
  const e = bell(x);
  return normalCdf(x, e) + x * (INVERSE_ROOT_TWO_PI * e);
}

/** exp(-x^2 / 2), and 0 where x times that is nothing in float32. x^2 is exact, x being a float32. */
function bell(x: number): number {
  const exponent = -0.5 * (x * x);
  return exponent < -110 ? 0 : exp(exponent);
}

/**
 * Phi(x), given exp(-x^2 / 2). With z = |x|, Phi(-z) = exp(-z^2 / 2) erfcx(z / sqrt 2) / 2, of which the second factor is p(z) / q(z) to
 * 1.4e-12 up to 15, where the first is nothing in float32. golden/fit.py made p and q.
 */
function normalCdf(x: number, e: number): number {
  const z = Math.min(Math.abs(x), 15);
  const p = P0 + z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * (P5 + z * P6)))));
  const q = 1 + z * (Q1 + z * (Q2 + z * (Q3 + z * (Q4 + z * (Q5 + z * (Q6 + z * Q7))))));
  const tail = e * (p / q);
  return x < 0 ? tail : 1 - tail;
}

const T1 = -0.3333333333333333; // -1/3
const T2 = 0.13333333333333333; // 2/15
const T3 = -0.05396825396825397; // -17/315
const T4 = 0.021869488536155203; // 62/2835
const T5 = -0.008863235529902197; // -1382/155925
const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
const P0 = 0.5000000000006692;
const P1 = 0.5727986129016693;
const P2 = 0.32231142926272793;
const P3 = 0.10916574478988916;
const P4 = 0.02323529629680084;
const P5 = 0.0029537779528112902;
const P6 = 0.00017832008391377452;
const Q1 = 1.9434817867673992;
const Q2 = 1.6952969672410607;
const Q3 = 0.8652034166996581;
const Q4 = 0.28104582997580446;
const Q5 = 0.05868906240052452;
const Q6 = 0.0074040278905826125;
const Q7 = 0.0004469821089257448;
