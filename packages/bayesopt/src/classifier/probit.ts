/**
 * The probit likelihood of a label: P(label | f) = Phi(label f / sqrt(noise)), where f is the latent value at a point. A label is the sign
 * of the latent value plus normal noise. Rasmussen & Williams (2006), section 3.6, equations 3.80 to 3.82, which have noise 1.
 */
import { logNormalCdf, normalHazard } from "@caviar-hpo/numerics";

/**
 * Z = E Phi(label f / sqrt(noise)) for a normal f, in logarithms. `slope`: d ln Z / d mean. `curvature`: -d^2 ln Z / d mean^2, which is
 * positive. `byNoise`: d ln Z / d noise.
 */
export type LabelMoments = { log: number; slope: number; curvature: number; byNoise: number };

export function newLabelMoments(): LabelMoments {
  return { log: 0, slope: 0, curvature: 0, byNoise: 0 };
}

/** A normal distribution of the latent value at a point; the label there is 1 or -1. */
export type LabelledNormal = { readonly label: number; readonly mean: number; readonly variance: number; readonly noise: number };

export function writeLabelMoments({ label, mean, variance, noise }: LabelledNormal, out: LabelMoments): void {
  const spread = noise + variance;
  const root = Math.sqrt(spread);
  const z = (label * mean) / root;
  const hazard = normalHazard(z);
  out.log = logNormalCdf(z);
  out.slope = (label * hazard) / root;
  out.curvature = (hazard * Math.max(0, z + hazard)) / spread;
  out.byNoise = (-0.5 * z * hazard) / spread;
}
