/**
 * How the distance to the asymptote shrinks during training. These are the four bases of the prior of ifBO (H. Rakotoarison, S. Adriaensen,
 * N. Mallik, S. Garibov, E. Bergman and F. Hutter, "In-context freeze-thaw Bayesian optimization for hyperparameter optimization", 2024;
 * MIT). Each is scaled so that half of the way is left after one half-life.
 *
 * Notation: s = epochs / half-life; alpha > 0 is the shape; phi(s) is the part of the way that is left. phi(0) = 1, phi(1) = 1/2, and phi
 * falls to 0.
 */
import { exp, expm1, log1p, pow } from "@caviar-hpo/numerics";

/**
 * The part of the way that is left after s half-lives, with shape alpha:
 *
 * - `power`: (1 + (2^(1/alpha) - 1) s)^-alpha.
 * - `exponential`: 2^-(s^alpha).
 * - `logarithmic`: alpha / (alpha + log(1 + (e^alpha - 1) s)), the slowest.
 * - `hill`: 1 / (1 + s^alpha).
 */
export type CurveBase = (typeof curveBases)[number];

export const curveBases = ["power", "exponential", "logarithmic", "hill"] as const;

/** What is left of the way after `s` half-lives. */
export function remaining(base: CurveBase, s: number, alpha: number): number {
  switch (base) {
    case "power":
      return pow(1 + expm1(ln2 / alpha) * s, -alpha);
    case "exponential":
      return exp(-ln2 * pow(s, alpha));
    case "logarithmic":
      return alpha / (alpha + log1p(expm1(alpha) * s));
    case "hill":
      return 1 / (1 + pow(s, alpha));
  }
}

const ln2 = Math.LN2;
