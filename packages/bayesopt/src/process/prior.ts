/**
 * Priors of hyperparameters. The search is over u = ln(value), but each prior is the density *of the value itself*. The published mode
 * results from maximising ln p(value) over u, not ln p(u). For a log-normal prior the two differ by the term -u. It would move the mode
 * from exp(mu) to exp(mu - sigma^2), which is a factor of 20 if sigma^2 = 3.
 */
import { exp } from "@caviar-hpo/numerics";

/** `logDensity(u)` is ln p(value) up to a constant, at u = ln(value). `slope(u)` is its derivative by u. */
export type Prior = { logDensity(u: number): number; slope(u: number): number };

/** The log-normal prior, ln value   N(mu, sigma^2), as a density of the value. Its mode is exp(mu - sigma^2). */
export function logNormal(mu: number, sigma: number): Prior {
  const variance = sigma * sigma;
  return {
    logDensity: (u) => -u - ((u - mu) * (u - mu)) / (2 * variance),
    slope: (u) => -1 - (u - mu) / variance,
  };
}

/** The gamma prior with the given shape and rate, as a density of the value. Its mode is (shape - 1) / rate. */
export function gamma(shape: number, rate: number): Prior {
  return {
    logDensity: (u) => (shape - 1) * u - rate * exp(u),
    slope: (u) => shape - 1 - rate * exp(u),
  };
}

/** No prior: the same density everywhere. */
export const flat: Prior = { logDensity: () => 0, slope: () => 0 };
