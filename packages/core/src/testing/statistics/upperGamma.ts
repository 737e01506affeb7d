/**
 * The regularised upper incomplete gamma function Q(a, x) = Gamma(a, x) / Gamma(a) for a > 0 and x >= 0: the tail of a chi-square
 * distribution with 2a degrees of freedom at 2x. Below a + 1 it is one minus a series (Abramowitz and Stegun 6.5.29), above it a
 * continued fraction (6.5.31), summed by Lentz's method.
 */
import { exp, log, logGamma } from "@caviar-hpo/numerics";
import { continuedFraction } from "./continuedFraction.ts";

/** Within 1e-11, relative, for a up to 1000 and results above 1e-280. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const factor = exp(a * log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - factor * lowerSeries(a, x) : factor * upperFraction(a, x);
}

/** The sum over n of x^n / (a (a + 1) ... (a + n)). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))). */
function upperFraction(a: number, x: number): number {
  return continuedFraction({
    numerator: (n) => (n === 1 ? 1 : -(n - 1) * (n - 1 - a)),
    denominator: (n) => x + 2 * n - 1 - a,
  });
}
