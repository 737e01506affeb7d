/**
 * Priors of hyperparameters. A hyperparameter is searched as u = ln(value), yet each prior is the density *over the value itself*:
 * maximising ln p(value) by u, not ln p(u), is what gives the published mode. For a log-normal the two differ by the term -u, which
 * moves the mode from exp(mu) to exp(mu - sigma^2); with sigma^2 = 3 that is a factor of 20.
 */
import { exp } from "@caviar-hpo/numerics";

/** ln p(value) up to a constant, and its derivative by u = ln(value). */
export type Prior = { logDensity(u: number): number; slope(u: number): number };

/** ln value ~ N(mu, sigma^2), as a density over the value: mode exp(mu - sigma^2). */
export function logNormal(mu: number, sigma: number): Prior {
  const variance = sigma * sigma;
  return {
    logDensity: (u) => -u - ((u - mu) * (u - mu)) / (2 * variance),
    slope: (u) => -1 - (u - mu) / variance,
  };
}

/** Gamma with this shape and rate, as a density over the value: mode (shape - 1) / rate. */
export function gamma(shape: number, rate: number): Prior {
  return {
    logDensity: (u) => (shape - 1) * u - rate * exp(u),
    slope: (u) => shape - 1 - rate * exp(u),
  };
}

export const flat: Prior = { logDensity: () => 0, slope: () => 0 };
