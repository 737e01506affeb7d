/**
 * The power transformation for values of either sign of I.-K. Yeo and R. A. Johnson, *A new family of power transformations to improve
 * normality or symmetry*, Biometrika 87 (2000) 954-959, equation (2.1), with its power by maximum profile likelihood (section 3).
 * Here the power stays within [0, 2]: from the logarithm of the bad tail to that of the good one. Past these the image of the line is
 * bounded, and a prediction could lie outside it.
 */
import { expm1, log, log1p } from "@caviar-hpo/numerics";
import { minimiseOnInterval } from "./brent.ts";
import type { Monotone } from "./monotone.ts";

/** psi(lambda, x) = ((1 + x)^lambda - 1) / lambda for x >= 0, and -psi(2 - lambda, -x) for x < 0. */
export function yeoJohnson(lambda: number): Monotone {
  return {
    forward: (x) => image(signedLog(x), lambda),
    inverse: (z) => (z >= 0 ? expm1(root(z, lambda)) : -expm1(root(-z, 2 - lambda))),
    logSlope: (x) => (lambda - 1) * signedLog(x),
  };
}

/** The power in [0, 2] of greatest profile likelihood, to 1e-4; 1 where all values are equal. Values may be up to about 1e9 in size. */
export function fitYeoJohnson(x: Float64Array): number {
  if (x.every((value) => value === x[0])) return 1;
  const logs = x.map(signedLog);
  return minimiseOnInterval((lambda) => -profileLikelihood(lambda, logs), 0, 2, 1e-4);
}

/**
 * Of the signed logarithms of the values: -n/2 ln s^2(lambda) + (lambda - 1) sum sign(x) ln(1 + |x|), s^2 the variance of the transformed
 * values with divisor n. That is the logarithm of the likelihood, greatest in mean and variance, less its constant -n/2 (1 + ln 2 pi).
 */
export function profileLikelihood(lambda: number, logs: Float64Array): number {
  const n = logs.length;
  const transformed = logs.map((l) => image(l, lambda));
  const mean = transformed.reduce((sum, z) => sum + z, 0) / n;
  const variance = transformed.reduce((sum, z) => sum + (z - mean) * (z - mean), 0) / n;
  return (-n / 2) * log(variance) + (lambda - 1) * logs.reduce((sum, l) => sum + l, 0);
}

/** sign(x) ln(1 + |x|), all that the transformation needs to know of x. */
export function signedLog(x: number): number {
  return x >= 0 ? log1p(x) : -log1p(-x);
}

function image(l: number, lambda: number): number {
  return l >= 0 ? power(l, lambda) : -power(-l, 2 - lambda);
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
