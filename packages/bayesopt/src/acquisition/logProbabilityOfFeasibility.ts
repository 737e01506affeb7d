/**
 * The logarithm of the probability that every constraint holds, constraint i being feasible where c_i(x) <= 0: with independent posteriors
 * the sum of log Phi(-mean_i / sigma_i). Added to log expected improvement over feasible points it gives log constrained expected
 * improvement: M. Schonlau, W. J. Welch, D. R. Jones, Global versus local search in constrained optimization of computer models, 1998,
 * section 4; J. R. Gardner et al., Bayesian optimization with inequality constraints, ICML 2014, equation (6).
 *
 * For a probit classifier of failed trials, P(success) = Phi(f) with latent f, pass -E f and 1 + Var f: E Phi(f) = Phi(E f / sqrt(1 + Var
 * f)).
 */

import { writeLogProbabilityBelow } from "./logProbabilityOfImprovement.ts";
import { newUtility } from "./utility.ts";

/** As Utility, with the derivatives by each constraint's mean and variance. */
export type FeasibilityUtility = { value: number; readonly byMean: Float64Array; readonly byVariance: Float64Array };

/** `means` and `variances`: one a constraint, as are the derivatives of `out`. */
export type FeasibilityFunction = (means: Float64Array, variances: Float64Array, out: FeasibilityUtility) => void;

/** For any number of constraints; with none every point is feasible. A constraint known to be exactly 0 holds. */
export function logProbabilityOfFeasibility(): FeasibilityFunction {
  const one = newUtility();
  return (means, variances, out) => {
    let value = 0;
    for (let index = 0; index < means.length; index++) {
      const certain = means[index]! <= 0 && variances[index]! <= 0;
      writeLogProbabilityBelow(certain ? Infinity : 0, means[index]!, variances[index]!, one);
      value += one.value;
      out.byMean[index] = one.byMean;
      out.byVariance[index] = one.byVariance;
    }
    out.value = value;
  };
}
