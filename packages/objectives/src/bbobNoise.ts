/**
 * The noise of BBOB-noisy (Finck, Hansen, Ros and Auger 2009, "Real-Parameter Black-Box Optimization Benchmarking 2010: Presentation of the
 * Noisy Functions", Technical Report 2009/21), on any function with a known minimum f*. With the distance d = f - f* from it, U uniform in
 * (0, 1) and N standard normal:
 *
 * - Gaussian: d exp(β N).
 * - uniform: d U^β max(1, (1e9 / (d + 1e-99))^(α U')).
 * - Cauchy: d + α max(0, 1000 + [U < p] N / |N'|). So most values are shifted by 1000 α, and some have heavy tails.
 *
 * A distance below 1e-8 stays as it is; to others, 1.01e-8 is added, so that noise never reaches a target of 1e-8.
 */
import type { Stream } from "@caviar-hpo/core";
import { exp, pow } from "@caviar-hpo/numerics";

export type BbobNoise = {
  readonly model: "bbobGaussian" | "bbobUniform" | "bbobCauchy";
  readonly severity: "moderate" | "severe";
};

/**
 * The noisy distance from the minimum.
 *
 * @param dimensions of the problem: uniform noise is wider in few dimensions.
 */
export function bbobNoisy({ model, severity }: BbobNoise, distance: number, dimensions: number, draws: Stream): number {
  if (!(distance >= 1e-8)) return distance;
  const isSevere = severity === "severe";
  return disturbed(model, isSevere, distance, dimensions, draws) + 1.01e-8;
}

function disturbed(model: BbobNoise["model"], isSevere: boolean, distance: number, dimensions: number, draws: Stream): number {
  const strength = isSevere ? 1 : 0.01;
  switch (model) {
    case "bbobGaussian":
      return distance * exp(strength * draws.normal());
    case "bbobUniform": {
      const alpha = strength * (0.49 + 1 / dimensions);
      const factor = pow(draws.uniform(), strength);
      return distance * factor * Math.max(1, pow(1e9 / (distance + 1e-99), alpha * draws.uniform()));
    }
    case "bbobCauchy": {
      const isHit = draws.uniform() < (isSevere ? 0.2 : 0.05);
      const [numerator, denominator] = [draws.normal(), draws.normal()];
      const jump = isHit ? numerator / (Math.abs(denominator) + 1e-199) : 0;
      return distance + strength * Math.max(0, 1000 + jump);
    }
  }
}
