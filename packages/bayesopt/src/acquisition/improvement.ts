/**
 * The expected improvement in units of the standard deviation, h(u) = phi(u) + u Phi(u), where phi and Phi are the standard normal density
 * and distribution function, in logarithms: S. Ament, S. Daulton, D. Eriksson, M. Balandat, E. Bakshy, Unexpected improvements to expected
 * improvement for Bayesian optimization, NeurIPS 2023, equation (9) and appendix A.
 *
 * With t = |u|, Mills' ratio M(t) = (1 - Phi(t)) / phi(t) and G(t) = 1 - t M(t) it is phi(u) G(t) below zero and u + phi(u) G(t) above. G ~
 * 1/t^2 would lose t^2 units in the last place if it were computed as written, which the derivatives do not forgive; so only M is
 * approximated where t <= 1, only G, from which M = (1 - G) / t, up to 5, and t^2 G beyond. Where h passes 1 the logarithm has a zero, and
 * an approximation with that zero as a factor keeps its relative error small too. All are rational functions made by golden/acquisition.py,
 * good to 1.1e-16.
 */

import { log, logNormalPdf, normalPdf } from "@caviar-hpo/numerics";

/**
 * `log`: log h(u). `slope`: its derivative Phi(u) / h(u), about |u| + 2 / |u| far below zero and 1/u far above. `spread`: phi(u) / h(u),
 * which is the derivative of log(sigma h(d / sigma)) by log sigma, about u^2 + 3 far below zero and 0 far above.
 */
export type Improvement = { log: number; slope: number; spread: number };

/**
 * Writes the three to `out`, each within 2e-15, relative, for u from -1e100 on; at Infinity they are Infinity, 0 and 0. u is neither
 * -Infinity nor NaN.
 */
export function writeImprovement(u: number, out: Improvement): void {
  const t = Math.abs(u);
  let mills: number;
  let deficit: number;
  if (t <= 1) {
    mills = ratio(millsNumerator, millsDenominator, t);
    deficit = 1 - t * mills;
  } else {
    deficit =
      t <= 5 ? ratio(deficitNumerator, deficitDenominator, t) : ratio(farDeficitNumerator, farDeficitDenominator, 1 / t / t) / t / t;
    mills = (1 - deficit) / t;
  }
  if (u <= 0) {
    out.log = logNormalPdf(u) + log(deficit);
    out.slope = mills / deficit;
    out.spread = 1 / deficit;
  } else {
    const density = normalPdf(u);
    const improvement = u + density * deficit;
    const beyond = u - zero - zeroLow;
    out.log = Math.abs(beyond) <= 0.25 ? beyond * polynomial(aroundZero, beyond) : log(improvement);
    out.slope = (1 - density * mills) / improvement;
    out.spread = density / improvement;
  }
}

/** The quotient of two polynomials of equal degree, coefficients by ascending power. */
function ratio(above: Float64Array, below: Float64Array, x: number): number {
  let numerator = 0;
  let denominator = 0;
  for (let power = above.length - 1; power >= 0; power--) {
    numerator = numerator * x + above[power]!;
    denominator = denominator * x + below[power]!;
  }
  return numerator / denominator;
}

function polynomial(coefficients: Float64Array, x: number): number {
  let value = 0;
  for (let power = coefficients.length - 1; power >= 0; power--) value = value * x + coefficients[power]!;
  return value;
}

/** The u at which h(u) = 1, in two parts. */
const zero = 0.8994715612537435;
const zeroLow = 4.8403423274293684e-17;
/** log h(u) / (u - zero) in u - zero, |u - zero| <= 1/4. */
const aroundZero: Float64Array = Float64Array.of(
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
/** M(t), 0 <= t <= 1. */
const millsNumerator: Float64Array = Float64Array.of(
  1.2533141373155003,
  0.9642552231668933,
  0.3927882544085428,
  0.08857498825605385,
  0.011236494310264227,
  0.0006185957968892306,
  8.484844483606571e-8,
);
const millsDenominator: Float64Array = Float64Array.of(
  1.0,
  1.5672489160412508,
  1.0638833969016268,
  0.4018658147320548,
  0.08949416031495516,
  0.011204904636460193,
  0.0006208739439561009,
);
/** G(t), 1 <= t <= 5. */
const deficitNumerator: Float64Array = Float64Array.of(
  1.0000000083121068,
  0.676274675294022,
  0.2532577901209936,
  0.05557704397486571,
  0.007193755416634377,
  0.00043759505889474893,
  1.4126986477464727e-8,
  -2.3695582951262483e-10,
);
const deficitDenominator: Float64Array = Float64Array.of(
  1.0,
  1.9295888908373173,
  1.671638476463859,
  0.8477343490253736,
  0.2738878941169082,
  0.056985981965972196,
  0.0071864285929290625,
  0.0004379982664556959,
);
/** t^2 G(t) in 1/t^2, t > 5. */
const farDeficitNumerator: Float64Array = Float64Array.of(
  1.0,
  65.60676856721793,
  1496.7766546539924,
  14454.536357274757,
  56812.03581430882,
  69104.9503753394,
  4967.439501749484,
);
const farDeficitDenominator: Float64Array = Float64Array.of(
  1.0,
  68.6067685672179,
  1687.5969603557007,
  18593.225709790684,
  93536.46925551427,
  193575.25263270864,
  118188.82702099146,
);
