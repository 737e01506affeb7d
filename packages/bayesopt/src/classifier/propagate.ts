/**
 * Expectation propagation: the normal distribution that stands for the posterior of the latent values at labelled points (Rasmussen &
 * Williams 2006, algorithm 3.5). The likelihood of each label is replaced by a site, exp(shift f - precision f^2 / 2), such that the
 * posterior has the moments that it would have with the exact likelihood of this label. Laplace's approximation would be faster, but where
 * labels never contradict each other, it is far too unsure (M. Kuss, C. E. Rasmussen, Assessing approximate inference for binary Gaussian
 * process classification, JMLR 6, 2005).
 *
 * | symbol | meaning                                                          | shape                             |
 * |--------|------------------------------------------------------------------|-----------------------------------|
 * | K      | prior covariances of the latent values                           | row-major n x n                   |
 * | S      | posterior covariances, (K^-1 + diag(precision))^-1               | row-major n x n, lower triangle   |
 */
import { log } from "@caviar-hpo/numerics";
import { newLabelMoments, writeLabelMoments } from "./probit.ts";

/** Labels are 1 or -1; arrays have an entry per label, or more. */
export type Labelled = { readonly K: Float64Array; readonly labels: Float64Array; readonly n: number; readonly noise: number };

/** What is written. `mean` is that of the latent values. `covariance` is S, and `column` is memory to work in, of length n. */
export type Sites = {
  readonly precision: Float64Array;
  readonly shift: Float64Array;
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly column: Float64Array;
};

export function newSites(rows: number): Sites {
  return {
    precision: new Float64Array(rows),
    shift: new Float64Array(rows),
    mean: new Float64Array(rows),
    covariance: new Float64Array(rows * rows),
    column: new Float64Array(rows),
  };
}

/** Begins without sites, so that the result depends on the arguments alone, and sweeps over the labels in order until none changes. */
export function propagate({ K, labels, n, noise }: Labelled, sites: Sites): void {
  const { precision, shift, mean, covariance } = sites;
  precision.fill(0, 0, n);
  shift.fill(0, 0, n);
  mean.fill(0, 0, n);
  covariance.set(K.subarray(0, n * n));
  const moments = newLabelMoments();
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const { cavityMean, cavityVariance } = cavityOf(sites, n, i);
      writeLabelMoments({ label: labels[i]!, mean: cavityMean, variance: cavityVariance, noise }, moments);
      const left = 1 - moments.curvature * cavityVariance;
      const variance = covariance[i * n + i]!;
      const byPrecision = moments.curvature / left - precision[i]!;
      const byShift = (moments.slope + moments.curvature * cavityMean) / left - shift[i]!;
      const change = Math.max(Math.abs(byPrecision) * variance, Math.abs(byShift) * Math.sqrt(variance));
      if (!(change > negligible)) continue;
      largest = Math.max(largest, change);
      precision[i] = precision[i]! + byPrecision;
      shift[i] = shift[i]! + byShift;
      moveSite(sites, n, i, byPrecision, byShift);
    }
    if (largest < converged) return;
  }
}

/** The posterior of one latent value without the site of its own label (equation 3.56). */
function cavityOf(
  { precision, shift, mean, covariance }: Sites,
  n: number,
  i: number,
): { readonly cavityMean: number; readonly cavityVariance: number } {
  const variance = covariance[i * n + i]!;
  const left = Math.max(1 - precision[i]! * variance, leastShare);
  return { cavityMean: (mean[i]! - shift[i]! * variance) / left, cavityVariance: variance / left };
}

/** The posterior after one site has changed: a matrix of rank one (equation 3.70). */
function moveSite({ mean, covariance, column }: Sites, n: number, i: number, byPrecision: number, byShift: number): void {
  for (let j = 0; j <= i; j++) column[j] = covariance[i * n + j]!;
  for (let j = i + 1; j < n; j++) column[j] = covariance[j * n + i]!;
  const stretch = 1 + byPrecision * column[i]!;
  const step = (byShift - byPrecision * mean[i]!) / stretch;
  const factor = byPrecision / stretch;
  for (let j = 0; j < n; j++) {
    mean[j] = mean[j]! + step * column[j]!;
    const scaled = factor * column[j]!;
    const row = j * n;
    for (let k = 0; k <= j; k++) covariance[row + k] = covariance[row + k]! - scaled * column[k]!;
  }
}

/** What the sites contribute to ln Z of all labels, and its derivative by the noise (equations 3.65 and 3.73). */
export type SiteEvidence = { readonly log: number; readonly byNoise: number };

/** The sum over the sites of ln C, where C exp(shift f - precision f^2 / 2) has the integral Z under the cavity. */
export function evidenceOfSites({ labels, n, noise }: Labelled, sites: Sites): SiteEvidence {
  const moments = newLabelMoments();
  let total = 0;
  let byNoise = 0;
  for (let i = 0; i < n; i++) {
    const { cavityMean: m, cavityVariance: v } = cavityOf(sites, n, i);
    const [t, s] = [sites.precision[i]!, sites.shift[i]!];
    writeLabelMoments({ label: labels[i]!, mean: m, variance: v, noise }, moments);
    total += moments.log + 0.5 * log(1 + t * v) - (s * m + 0.5 * s * s * v - 0.5 * t * m * m) / (1 + t * v);
    byNoise += moments.byNoise;
  }
  return { log: total, byNoise };
}

const mostSweeps = 60;
/** Changes of a site, in units of the posterior. */
const converged = 1e-6;
const negligible = 1e-9;
/** Of the precision at a point: what at least does not come from the point's own label. */
const leastShare = 1e-12;
