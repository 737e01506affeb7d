/**
 * The logarithm of the joint expected improvement of a batch of q points, log E max(0, f* - min(y_1, ..., y_q)) with y = mean + L z. This
 * is the qEI of D. Ginsbourger, R. Le Riche, L. Carraro, Kriging is well-suited to parallelize optimization, 2010, section 3. Its
 * logarithm, with a factor of the covariance, is in S. Ament et al., Unexpected improvements to expected improvement for Bayesian
 * optimization, NeurIPS 2023, section 4.2.
 *
 * Ament et al. average a softened maximum over draws of all q values. Here the improvement is split into what each point adds to the points
 * before it:
 *
 *     max(0, f* - min(y_1, ..., y_q)) = sum_j max(0, m_j - y_j),   m_j = min(f*, y_1, ..., y_j-1)
 *
 * The expectation over z_j is computed exactly. Given z_1 ... z_j-1, y_j is normal with mean mean_j + sum_{k<j} L_jk z_k and standard
 * deviation L_jj, so each term is an expected improvement in one dimension. Nothing is softened, q = 1 is exact, and q points need draws of
 * only q - 1 normals.
 */

import { log } from "@caviar-hpo/numerics";
import { writeLogExpectedImprovement } from "./logExpectedImprovement.ts";
import { softmaxInPlace } from "./overDraws.ts";
import { finite, newUtility } from "./utility.ts";

/**
 * A `Utility` of a batch of q points. `byMean` holds the derivatives by the q means. `byFactor`, row-major q x q, holds those by the lower
 * triangle of L; it is zero above the diagonal.
 */
export type BatchUtility = { value: number; readonly byMean: Float64Array; readonly byFactor: Float64Array };

/**
 * Writes value and derivatives to `out`. `mean` has length q. `factor` is L with L L^T the covariance, row-major q x q. The strict upper
 * triangle is not read.
 */
export type BatchUtilityFunction = (mean: Float64Array, factor: Float64Array, out: BatchUtility) => void;

/**
 * Makes the utility function of batches of `q` points.
 *
 * @param incumbent the value to improve upon.
 * @param normals row-major count x (q - 1), from quasiNormals; 64 to 128 draws are enough for a few points. The array is kept, not copied.
 * For q = 1 it is not read.
 */
export function logBatchExpectedImprovement(incumbent: number, q: number, normals: Float64Array): BatchUtilityFunction {
  const width = q - 1;
  const count = width === 0 ? 1 : normals.length / width;
  const one = newUtility();
  // Of point j in draw i, at i q + j: its share of the total, the derivatives of its logarithm, and which earlier point holds m_j (-1: the
  // incumbent).
  const shares = new Float64Array(count * q);
  const byMean = new Float64Array(count * q);
  const byDeviation = new Float64Array(count * q);
  const holders = new Int32Array(count * q);

  return (mean, factor, out) => {
    let greatest = -Infinity;
    for (let draw = 0; draw < count; draw++) {
      let least = incumbent;
      let holder = -1;
      for (let j = 0; j < q; j++) {
        const at = draw * q + j;
        let centre = mean[j]!;
        for (let k = 0; k < j; k++) centre += factor[j * q + k]! * normals[draw * width + k]!;
        const deviation = factor[j * q + j]!;
        writeLogExpectedImprovement(least, centre, deviation * deviation, one);
        shares[at] = one.value;
        byMean[at] = one.byMean;
        byDeviation[at] = finite(2 * deviation * one.byVariance);
        holders[at] = holder;
        greatest = Math.max(greatest, one.value);
        if (j === width) continue;
        const value = centre + deviation * normals[draw * width + j]!;
        if (value < least) {
          least = value;
          holder = j;
        }
      }
    }
    out.byMean.fill(0);
    out.byFactor.fill(0);
    out.value = -Infinity;
    if (greatest === -Infinity) return;
    out.value = greatest + log(softmaxInPlace(shares, greatest) / count);
    for (let draw = 0; draw < count; draw++) {
      for (let j = 0; j < q; j++) {
        const at = draw * q + j;
        const slope = shares[at]! * byMean[at]!;
        const draws = normals.subarray(draw * width, (draw + 1) * width);
        pull(out, slope, j, draws.subarray(0, j));
        out.byFactor[j * q + j]! += shares[at]! * byDeviation[at]!;
        // The higher the value to improve upon, the greater the improvement: by m_j the derivative is that by the mean with its sign
        // changed.
        const holder = holders[at]!;
        if (holder >= 0) pull(out, -slope, holder, draws.subarray(0, holder + 1));
      }
    }
    for (let index = 0; index < q; index++) out.byMean[index] = finite(out.byMean[index]!);
    for (let index = 0; index < q * q; index++) out.byFactor[index] = finite(out.byFactor[index]!);
  };

  /** Adds the derivative `slope` by mean_j + sum_k L_jk z_k, over the given z, to those by its parts. */
  function pull(out: BatchUtility, slope: number, j: number, z: Float64Array): void {
    out.byMean[j]! += slope;
    for (let k = 0; k < z.length; k++) out.byFactor[j * q + k]! += slope * z[k]!;
  }
}
