/**
 * The expected improvement in units of the standard deviation, h(u) = phi(u) + u Phi(u), its logarithm and its derivatives, where phi and
 * Phi are the standard normal density and distribution function: S. Ament, S. Daulton, D. Eriksson, M. Balandat, E. Bakshy, Unexpected
 * improvements to expected improvement for Bayesian optimization, NeurIPS 2023, equation (9) and appendix A.
 *
 * Below u = -1, with t = -u and Mills' ratio M, h(u) = phi(u) G(t), where G(t) = 1 - t M(t) ~ 1/t^2 would lose t^2 units in the last place if it
 * were computed as written, which the derivatives do not forgive; so G has rational approximations of its own on [1, 6] and, times t^2, beyond.
 * Where h passes 1 the logarithm has a zero, and an approximation with that zero as a factor keeps its relative error small too.
 * All coefficients are made by golden/acquisition.py; they are good to 7.8e-17, 8.5e-18 and 2.9e-17.
 */

import { log, logNormalPdf, normalCdf, normalHazard, normalPdf } from "@caviar/numerics";

/** log h(u): -Infinity at -Infinity, NaN for NaN; for u above about 38 simply log u. */
export function logImprovement(u: number): number {
  if (u <= -1) return u === -Infinity ? -Infinity : logNormalPdf(u) + logDeficit(-u);
  const beyond = u - ZERO - ZERO_LOW;
  if (Math.abs(beyond) <= 0.25) return beyond * polynomial(AROUND_ZERO, beyond);
  return log(improvement(u));
}

/** (log h)'(u) = Phi(u) / h(u): about |u| + 2 / |u| far below zero, 1/u far above. */
export function logImprovementSlope(u: number): number {
  if (u <= -1) return u === -Infinity ? Infinity : 1 / normalHazard(u) / deficit(-u);
  return normalCdf(u) / improvement(u);
}

/** phi(u) / h(u), the derivative of log(sigma h(d / sigma)) by log sigma: about u^2 + 3 far below zero, 0 far above. */
export function spreadSlope(u: number): number {
  if (u <= -1) return 1 / deficit(-u);
  return u > 40 ? 0 : normalPdf(u) / improvement(u);
}

/** h(u) for u > -1, where it loses less than three bits. */
function improvement(u: number): number {
  return normalPdf(u) + u * normalCdf(u);
}

/** G(t) = 1 - t M(t) for t >= 1, M(t) = (1 - Phi(t)) / phi(t); 0 at Infinity. */
function deficit(t: number): number {
  return t <= 6 ? polynomial(NEAR, t) / polynomial(NEAR_BELOW, t) : scaledDeficit(t) / t / t;
}

function logDeficit(t: number): number {
  return t <= 6 ? log(polynomial(NEAR, t) / polynomial(NEAR_BELOW, t)) : log(scaledDeficit(t)) - 2 * log(t);
}

/** t^2 G(t) = 1 - 3/t^2 + 15/t^4 - ... for t > 6. */
function scaledDeficit(t: number): number {
  const s = 1 / t / t;
  return polynomial(FAR, s) / polynomial(FAR_BELOW, s);
}

function polynomial(coefficients: Float64Array, x: number): number {
  let value = 0;
  for (let power = coefficients.length - 1; power >= 0; power--) value = value * x + coefficients[power]!;
  return value;
}

/** The u at which h(u) = 1, in two parts. */
const ZERO = 0.8994715612537435;
const ZERO_LOW = 4.8403423274293684e-17;
/** log h(u) / (u - ZERO) in u - ZERO, |u - ZERO| <= 1/4. */
const AROUND_ZERO: Float64Array = Float64Array.of(
  0.8157992314619924,
  -0.1996582972233499,
  0.03248317181646404,
  -0.0005657246315343925,
  -0.0006947771771334036,
  -8.269565604212024e-6,
  3.0146360737194008e-5,
  2.639458528751437e-6,
  -1.4165323378181868e-6,
  -2.8225129766704673e-7,
  5.64288298514344e-8,
  2.2724681089832103e-8,
  -1.091910811807266e-9,
);
/** G(t), 1 <= t <= 6. */
const NEAR: Float64Array = Float64Array.of(
  1.0000000002575022,
  0.9885215372496701,
  0.508170389293056,
  0.16587564980648792,
  0.03652720824049162,
  0.005394617240123889,
  0.0004968460312797784,
  2.2426933676253057e-5,
);
const NEAR_BELOW: Float64Array = Float64Array.of(
  1.0,
  2.2418356772142833,
  2.3178947240674472,
  1.455747308523818,
  0.6146699149717677,
  0.18193278337939833,
  0.03801728255046035,
  0.005461917716511596,
  0.0004968454972944695,
  2.242694064307738e-5,
);
/** t^2 G(t) in 1/t^2, t > 6. */
const FAR: Float64Array = Float64Array.of(
  1.0,
  69.52273912570227,
  1687.911201636334,
  17443.09366892515,
  73933.4232713175,
  98124.56655273252,
  8071.908828518743,
);
const FAR_BELOW: Float64Array = Float64Array.of(
  1.0,
  72.52273912570227,
  1890.4794190134446,
  22131.690839076062,
  118641.1921136516,
  262434.1301359997,
  171819.92946801908,
);
