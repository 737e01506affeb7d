/**
 * The functions of smooth activations, in double: D. Hendrycks and K. Gimpel, Gaussian error linear units, arXiv:1606.08415 (2016), and the
 * logistic function.
 */

import { exp } from "../exp.ts";
import { normalCdf, normalPdf } from "../special/normal.ts";

/** 1 / (1 + e^-x), with all its digits in both tails; NaN for NaN. */
export function logistic(x: number): number {
  const e = exp(-Math.abs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

/** x Phi(x). */
export function gelu(x: number): number {
  return x * normalCdf(x);
}

/** d/dx x Phi(x) = Phi(x) + x phi(x). */
export function geluSlope(x: number): number {
  return normalCdf(x) + x * normalPdf(x);
}
