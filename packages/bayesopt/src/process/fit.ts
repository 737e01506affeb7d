/** Hyperparameters of the greatest posterior density, by L-BFGS-B from several starts. */
import { log } from "@caviar-hpo/numerics";
import { lbfgsb } from "@caviar-hpo/numerics/lbfgsb";
import { hyperparametersOf, type Model } from "../model/data.ts";
import type { MarginalLikelihood } from "./marginalLikelihood.ts";

/**
 * `value`: the log density at u, of marginalLikelihood.ts. `logLikelihood`: without the priors, which is what models of different
 * hyperparameters may be compared by; a prior's density has the unit of one over its hyperparameter, so that values would favour what is
 * small.
 */
export type Fitted = { readonly u: Float64Array; readonly value: number; readonly logLikelihood: number; readonly evaluations: number };

/** What a fit may cost. It ends when an iteration gains at most `valueTolerance` of the value, 2.22e-9 by default. */
export type FitEffort = { readonly maxEvaluations: number; readonly valueTolerance?: number };

/** Best first; starts from which no finite density was found are left out. */
export function fit(model: Model, density: MarginalLikelihood, starts: readonly Float64Array[], effort: FitEffort): readonly Fitted[] {
  const all = hyperparametersOf(model);
  const bounds = { lower: Float64Array.from(all, ({ low }) => log(low)), upper: Float64Array.from(all, ({ high }) => log(high)) };
  const gradient = new Float64Array(all.length);
  return starts
    .map((start): Fitted => {
      const minimiser = lbfgsb(start, bounds, { ...effort, gradientTolerance });
      while (minimiser.status === "running") {
        const value = density.at(minimiser.point, gradient);
        for (let p = 0; p < gradient.length; p++) gradient[p] = -gradient[p]!;
        minimiser.tell(-value, gradient);
      }
      const u = minimiser.point.slice();
      const logPrior = all.reduce((total, { prior }, p) => total + prior.logDensity(u[p]!), 0);
      return { u, value: -minimiser.value, logLikelihood: -minimiser.value - logPrior, evaluations: minimiser.evaluations };
    })
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => b.value - a.value);
}

/** Loose on purpose: what is left to gain is far below what one more measurement changes. */
const gradientTolerance = 1e-2;
