/**
 * The logarithm of the probability that every constraint holds. Constraint i holds where c_i(x) <= 0. If the posteriors are independent, it
 * is the sum of log Phi(-mean_i / sigma_i). Add it to the log expected improvement over feasible points to get the log constrained expected
 * improvement: M. Schonlau, W. J. Welch, D. R. Jones, Global versus local search in constrained optimization of computer models, 1998,
 * section 4; J. R. Gardner et al., Bayesian optimization with inequality constraints, ICML 2014, equation (6).
 *
 * A probit classifier of failed trials has P(success) = Phi(f) with a latent f. For it, pass -E f and 1 + Var f, because E Phi(f) = Phi(E f
 * / sqrt(1 + Var f)).
 */

import { writeLogProbabilityBelow } from "./logProbabilityOfImprovement.ts";
import { newUtility } from "./utility.ts";

/** A `Utility` with the derivatives by the mean and by the variance of each constraint. */
export type FeasibilityUtility = { value: number; readonly byMean: Float64Array; readonly byVariance: Float64Array };

/** Writes value and derivatives to `out`. `means`, `variances` and both arrays of `out` have one entry per constraint. */
export type FeasibilityFunction = (means: Float64Array, variances: Float64Array, out: FeasibilityUtility) => void;

/**
 * Makes the function for any number of constraints. With no constraints, every point is feasible. A constraint that is known to be exactly
 * 0 holds.
 */
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
