/** Means, variances and their derivatives at query points, from a factorised workspace (Rasmussen & Williams 2006, algorithm 2.1). */
import {
  addWeightedRows,
  combineRows,
  greatestSquares,
  solveLower,
  solveLowerTransposed,
  subtractSquares,
} from "@caviar-hpo/numerics/linear";
import type { Pull, QueryMoments, QueryPoints } from "./process.ts";
import type { Workspace } from "./workspace.ts";

/** As `Process.predict`. */
export function predict(work: Workspace, { z, m }: QueryPoints, { mean, variance, whitened }: QueryMoments): void {
  const { kernel, c, V, sums, n, imagined } = work;
  kernel.cross(z, m, c);
  writeMeans(work, m, mean);
  if (!variance) return;
  kernel.diagonal(z, m, variance);
  solve(work, m);
  const count = n + imagined;
  sums.set(variance.subarray(0, m));
  subtractSquares(V, count, m, sums);
  for (let j = 0; j < m; j++) variance[j] = Math.max(0, sums[j]!);
  whitened?.set(V.subarray(n * m, count * m));
}

/** As `Process.whiten`. */
export function whiten(work: Workspace, { z, m }: QueryPoints, out: Float64Array): void {
  work.kernel.cross(z, m, work.c);
  solve(work, m);
  out.set(work.V.subarray(0, (work.n + work.imagined) * m));
}

/** As `Process.bound`. */
export function bound(work: Workspace, { z, m }: QueryPoints, mean: Float64Array, variance: Float64Array): void {
  const { kernel, c, precision, sums, n, imagined } = work;
  kernel.cross(z, m, c);
  writeMeans(work, m, mean);
  kernel.diagonal(z, m, variance);
  sums.fill(0);
  greatestSquares(precision, c, n + imagined, m, sums);
  for (let j = 0; j < m; j++) variance[j] = Math.max(0, variance[j]! - sums[j]!);
}

/** As `Process.pull`. With W = L^-T (-2 byVariance V + byWhitened) + byMean a', the derivative is sum_i w_ij dk(x_i, z_j)/dz_j. */
export function pull(work: Workspace, { z, m }: QueryPoints, by: Pull, out: Float64Array): void {
  const { K, V, a, sums, factors, kernel, size, n, imagined } = work;
  const count = n + imagined;
  for (let j = 0; j < m; j++) factors[j] = -2 * by.variance[j]!;
  if (by.whitened && imagined > 0) {
    sums.fill(0);
    combineRows(factors, V, a, sums, count, m);
    for (let at = 0; at < imagined * m; at++) V[n * m + at] = V[n * m + at]! + by.whitened[at]!;
    factors.fill(1);
  }
  solveLowerTransposed(K, count, V, m, size.rows);
  sums.set(by.mean.subarray(0, m));
  // Imagined rows have no weight in the mean: their a is 0.
  combineRows(factors, V, a, sums, count, m);
  kernel.crossGradient(z, m, V, out);
  kernel.diagonalGradient(z, m, by.variance, out);
}

/** mean_j = constant + sum_i a_i c_ij. */
function writeMeans({ a, c, sums, n, constant }: Workspace, m: number, mean: Float64Array): void {
  sums.fill(constant, 0, m);
  addWeightedRows(a, c, n, m, sums);
  mean.set(sums.subarray(0, m));
}

/** V = L^-1 c. */
function solve({ K, c, V, n, imagined, size }: Workspace, m: number): void {
  const count = n + imagined;
  V.set(c.subarray(0, count * m));
  solveLower(K, count, V, m, size.rows);
}
