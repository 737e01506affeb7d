/**
 * Improvement averaged over draws of what is not known yet. A draw of the p imagined values moves the mean at a point by the product of its
 * standard normals with the point's column of V (process.ts), and leaves the variance as it is: means of all draws at all points are one
 * product of matrices, and so are the derivatives on their way back.
 */
import { multiply } from "@caviar-hpo/numerics/linear";
import { averagedOverDraws, type WriteImprovement } from "../acquisition/overDraws.ts";

/** `normals`: row-major draws x p; `incumbents`: one per draw. */
export type Fantasies = { readonly improvement: WriteImprovement; readonly normals: Float64Array; readonly incumbents: Float64Array };

export type AveragedImprovement = {
  /** Rows of V at the imagined points, row-major p x m: to be written before `at`. */
  readonly whitened: Float64Array;
  /** Derivatives by them, in the same shape. Written if gradients are wanted. */
  readonly byWhitened: Float64Array;
  /** Writes the logarithm of the improvement at m points with these means and variances, and with gradients the derivatives by both. */
  at(
    m: number,
    moments: { readonly mean: Float64Array; readonly variance: Float64Array },
    value: Float64Array,
    gradients: { readonly byMean: Float64Array; readonly byVariance: Float64Array } | null,
  ): void;
};

/** @param most points at once. */
export function averagedImprovement({ improvement, normals, incumbents }: Fantasies, most: number): AveragedImprovement {
  const draws = incumbents.length;
  const p = normals.length / draws;
  const back = new Float64Array(p * draws);
  for (let draw = 0; draw < draws; draw++) for (let q = 0; q < p; q++) back[q * draws + draw] = normals[draw * p + q]!;
  const [whitened, byWhitened] = [new Float64Array(p * most), new Float64Array(p * most)];
  const [shifted, byShifted] = [new Float64Array(draws * most), new Float64Array(draws * most)];
  const average = averagedOverDraws(improvement, incumbents);
  const means = new Float64Array(draws);
  const one = { value: 0, byMean: new Float64Array(draws), byVariance: 0 };
  return {
    whitened,
    byWhitened,
    at: (m, { mean, variance }, value, gradients) => {
      for (let draw = 0; draw < draws; draw++) shifted.set(mean.subarray(0, m), draw * m);
      multiply(normals, whitened, shifted, draws, p, m);
      for (let j = 0; j < m; j++) {
        for (let draw = 0; draw < draws; draw++) means[draw] = shifted[draw * m + j]!;
        average(means, variance[j]!, one);
        value[j] = one.value;
        if (gradients === null) continue;
        gradients.byVariance[j] = one.byVariance;
        let total = 0;
        for (let draw = 0; draw < draws; draw++) {
          total += one.byMean[draw]!;
          byShifted[draw * m + j] = one.byMean[draw]!;
        }
        gradients.byMean[j] = total;
      }
      if (gradients === null) return;
      byWhitened.fill(0, 0, p * m);
      multiply(back, byShifted, byWhitened, p, draws, m);
    },
  };
}
