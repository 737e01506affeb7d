/**
 * The start from earlier trials: the promising distribution of WS-CMA-ES (M. Nomura, S. Watanabe, Y. Akimoto, Y. Ozaki and M. Onishi, Warm
 * Starting CMA-ES for Hyperparameter Optimization, AAAI 2021, arXiv 2012.06932, equation 5): of the best tenth of the trials, the mean and
 * the covariance, with 0.1^2 added to each variance. The options of an unordered choice start with their shares of the same tenth, where
 * one trial more counts for each option.
 */
import { encode, type Trial } from "@caviar-hpo/core";
import { rankTrials } from "@caviar-hpo/core/contract";
import { exp, log } from "@caviar-hpo/numerics";
import { symmetricEigen } from "@caviar-hpo/numerics/linear";
import { type Gaussian, gaussianAt } from "./gaussian.ts";
import type { Layout } from "./layout.ts";

export type Start = { readonly gaussian: Gaussian; readonly probabilities: readonly (readonly number[])[] };

const [gamma, alpha] = [0.1, 0.1];

/** Null for fewer than ten measured trials. An inactive parameter does not count for its coordinate. */
export function promising(layout: Layout, trials: readonly Trial[]): Start | null {
  const measured = trials.filter(({ curve, status }) => curve.length > 0 && status !== "failed");
  const most = Math.floor(gamma * measured.length);
  if (most === 0) return null;
  const ranked = rankTrials(measured.map((one) => ({ trial: one.id, measurement: one.curve[one.curve.length - 1]!, one })));
  const best = ranked.slice(0, most).map(({ one }) => one);
  const { space, axes, choices } = layout;
  const units = best.map(({ config }) => encode(space, config));
  const isActive = (trial: number, param: number): boolean => Object.hasOwn(best[trial]!.config, space.params[param]![0]);
  const mean = axes.map(({ param }) => {
    const active = units.filter((_, trial) => isActive(trial, param));
    return active.length === 0 ? 0.5 : active.reduce((sum, unit) => sum + unit[param]!, 0) / active.length;
  });
  const deviations = units.map((unit, trial) => axes.map(({ param }, axis) => (isActive(trial, param) ? unit[param]! - mean[axis]! : 0)));
  const probabilities = choices.map(({ param, count }) => {
    const shares = Array.from({ length: count }, () => 1);
    units.forEach((unit, trial) => {
      if (isActive(trial, param)) shares[Math.min(count - 1, Math.floor(unit[param]! * count))]!++;
    });
    const sum = shares.reduce((total, one) => total + one, 0);
    return shares.map((share) => share / sum);
  });
  return { gaussian: normalised(mean, covarianceOf(deviations, mean.length)), probabilities };
}

/** n x n, row-major. */
function covarianceOf(deviations: readonly (readonly number[])[], n: number): readonly number[] {
  return Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    const sum = deviations.reduce((total, one) => total + one[i]! * one[j]!, 0);
    return sum / deviations.length + (i === j ? alpha * alpha : 0);
  });
}

/** sigma is the geometric mean of the standard deviations along the axes of the covariance, so that C has the determinant 1. */
function normalised(mean: readonly number[], covariance: readonly number[]): Gaussian {
  const n = mean.length;
  if (n === 0) return gaussianAt(mean, 1);
  const { values } = symmetricEigen(Float64Array.from(covariance), n);
  const variance = exp(values.reduce((sum, value) => sum + log(value), 0) / n);
  const scaled = covariance.map((one) => one / variance);
  return gaussianAt(mean, Math.sqrt(variance), scaled);
}
