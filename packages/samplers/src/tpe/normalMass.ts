/** Probability of the standard normal distribution between two points, as a logarithm, right to rounding far out in the tails. */
import { exp, log, log1p, logNormalCdf, normalCdf } from "@caviar-hpo/numerics";

/**
 * ln of the mass on [middle - width / 2, middle + width / 2]. For a narrow interval it is the density at its middle times its width times
 * a series in the derivatives of the density (the He polynomials), because the difference of two distribution functions would cancel. For a
 * wide interval it is the difference in the left tail, where both functions are small, or one minus both tails.
 */
export function logNormalMass(middle: number, width: number): number {
  const x = Math.abs(middle);
  const h = width / 2;
  if (h * Math.max(1, x) <= 0.01) {
    const x2 = x * x;
    const h2 = h * h;
    return log(width) - x2 / 2 - halfLogTwoPi + log1p((h2 * (x2 - 1)) / 6 + (h2 * h2 * (x2 * x2 - 6 * x2 + 3)) / 120);
  }
  if (x - h <= 0) return log1p(-(normalCdf(x - h) + normalCdf(-x - h)));
  const near = logNormalCdf(h - x);
  return near + log1p(-exp(logNormalCdf(-x - h) - near));
}

const halfLogTwoPi = 0.9189385332046728;
