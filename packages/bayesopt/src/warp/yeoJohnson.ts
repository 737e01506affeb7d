/**
 * The power transformation for values of either sign of I.-K. Yeo and R. A. Johnson, *A new family of power transformations to improve
 * normality or symmetry*, Biometrika 87 (2000) 954-959, equation (2.1), with its power by maximum profile likelihood (section 3).
 * Here the power stays within [0, 2]: from the logarithm of the bad tail to that of the good one. Past these the image of the line is
 * bounded, and a prediction could lie outside it.
 */
import { expm1, log, log1p } from "@caviar/numerics";
import { minimiseOnInterval } from "./brent.ts";
import type { Monotone } from "./monotone.ts";

/** psi(lambda, x) = ((1 + x)^lambda - 1) / lambda for x >= 0, and -psi(2 - lambda, -x) for x < 0. */
export function yeoJohnson(lambda: number): Monotone {
  return {
    forward: (x) => (x >= 0 ? power(log1p(x), lambda) : -power(log1p(-x), 2 - lambda)),
    inverse: (z) => (z >= 0 ? expm1(root(z, lambda)) : -expm1(root(-z, 2 - lambda))),
    logSlope: (x) => (lambda - 1) * (x >= 0 ? log1p(x) : -log1p(-x)),
  };
}

/** The power in [0, 2] of greatest profile likelihood, to 1e-8; 1 where all values are equal. Values may be up to about 1e9 in size. */
export function fitYeoJohnson(x: Float64Array): number {
  if (x.every((value) => value === x[0])) return 1;
  return minimiseOnInterval((lambda) => -profileLikelihood(lambda, x), 0, 2, 1e-8);
}

/**
 * -n/2 ln s^2(lambda) + (lambda - 1) sum sign(x) ln(1 + |x|), s^2 the variance of the transformed values with divisor n: the logarithm of
 * the likelihood less its constant -n/2 (1 + ln 2 pi), greatest in mean and variance.
 */
export function profileLikelihood(lambda: number, x: Float64Array): number {
  const { forward, logSlope } = yeoJohnson(lambda);
  const transformed = x.map(forward);
  const mean = transformed.reduce((sum, z) => sum + z, 0) / x.length;
  const variance = transformed.reduce((sum, z) => sum + (z - mean) * (z - mean), 0) / x.length;
  return x.reduce((sum, value) => sum + logSlope(value), (-x.length / 2) * log(variance));
}

/** (e^(lambda l) - 1) / lambda, and its limit l: exact near lambda = 0, where the definition cancels. */
function power(l: number, lambda: number): number {
  return lambda < tiny ? l : expm1(lambda * l) / lambda;
}

function root(z: number, lambda: number): number {
  return lambda < tiny ? z : log1p(lambda * z) / lambda;
}

/** Below it the limit is right to the last bit, and products with it would leave the normal doubles. */
const tiny = 1e-100;
