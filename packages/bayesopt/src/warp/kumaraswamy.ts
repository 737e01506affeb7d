/**
 * A monotone map of the unit interval onto (nearly) itself with two shape parameters: the distribution function 1 - (1 - x^a)^b of
 * P. Kumaraswamy, *A generalized probability density function for double-bounded random processes*, Journal of Hydrology 46 (1980) 79-88,
 * in place of the beta distribution's, as J. Snoek et al., *Input warping for Bayesian optimization of non-stationary functions*, ICML
 * 2014, section 3.1, has it: the two shapes are much alike, and this one has closed forms. a = b = 1 is the identity; a > 1 stretches the
 * upper end, b > 1 the lower one.
 */
import { exp, expm1, log, log1p } from "@caviar-hpo/numerics";

/** The value and its derivatives. */
export type Warped = { value: number; byX: number; byLogA: number; byLogB: number };

/** Keeps x this far from the ends, where the derivative by x is infinite for a < 1 or b < 1. */
export const inset = 1e-7;

/** At inset + (1 - 2 inset) x, for x in [0, 1]; all finite for |ln a|, |ln b| up to 20. Writes to `out`. */
export function kumaraswamy(x: number, logA: number, logB: number, out: Warped): void {
  const a = exp(logA);
  const b = exp(logB);
  // From the nearer end, so that neither x nor 1 - x is rounded away.
  const logX = x < 0.5 ? log(inset + (1 - 2 * inset) * x) : log1p(-(inset + (1 - 2 * inset) * (1 - x)));
  const power = exp(a * logX);
  const logRest = power < 0.5 ? log1p(-power) : log(-expm1(a * logX));
  const tail = b * logRest;
  const density = exp(logA + logB + a * logX + (b - 1) * logRest);
  out.value = -expm1(tail);
  out.byX = (1 - 2 * inset) * exp(-logX) * density;
  out.byLogA = logX * density;
  out.byLogB = -tail * exp(tail);
}
