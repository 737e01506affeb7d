/**
 * The regularised incomplete beta function I_x(a, b) for a, b > 0 and x in [0, 1], by the continued fraction of Press et al., *Numerical
 * Recipes*, 3rd edition, equation 6.4.5.
 */
import { exp, log, log1p, logGamma } from "@caviar-hpo/numerics";
import { continuedFraction } from "./continuedFraction.ts";

/** Within 1e-11, relative, for a and b up to 1000 and results above 1e-280. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const factor = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x));
  // The fraction converges fast below the mean, and I_x(a, b) = 1 - I_(1 - x)(b, a).
  return x < (a + 1) / (a + b + 2) ? (factor * fractionAt(x, a, b)) / a : 1 - (factor * fractionAt(1 - x, b, a)) / b;
}

function fractionAt(x: number, a: number, b: number): number {
  const coefficient = (n: number): number => {
    const m = Math.floor(n / 2);
    return n % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  };
  return continuedFraction({ numerator: (n) => (n === 1 ? 1 : coefficient(n - 1)), denominator: () => 1 });
}
