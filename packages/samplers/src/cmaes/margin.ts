/**
 * The margin of discrete axes: the probability that a sample leaves the cell of the mean is kept above a bound, because an axis whose
 * samples all have one value can learn nothing more. R. Hamano, S. Saito, M. Nomura and S. Shirakawa, CMA-ES with Margin, GECCO 2022
 * (arXiv 2205.13482, section 4). A sample v has the coordinate m + A (v - m) on a discrete axis. The correction changes m and A, and
 * leaves sigma and the covariance as they are.
 */
import { normalCdf, normalQuantile } from "@caviar-hpo/numerics";
import { deviation, type Gaussian } from "./gaussian.ts";
import type { Axis, Cells } from "./layout.ts";

/** The mean of the distribution, and the factor A of each axis. */
export type Placement = { readonly mean: readonly number[]; readonly widening: readonly number[] };

/**
 * Corrects the mean and the factors.
 *
 * @param alpha the least probability of each neighbouring cell is alpha / 2, and alpha where there is only one neighbour.
 */
export function withMargin(gaussian: Gaussian, axes: readonly Axis[], widening: readonly number[], alpha: number): Placement {
  const places = axes.map(({ cells }, axis) => {
    const mean = gaussian.mean[axis]!;
    const factor = widening[axis]!;
    return cells === null ? { mean, factor } : corrected(cells, mean, factor, deviation(gaussian, axis), alpha);
  });
  return { mean: places.map((place) => place.mean), widening: places.map((place) => place.factor) };
}

type Place = { readonly mean: number; readonly factor: number };

/** `spread` is the standard deviation before the factor. */
function corrected(cells: Cells, mean: number, factor: number, spread: number, alpha: number): Place {
  const cell = cells.cellAt(mean);
  const low = cells.edge(Math.max(1, cell));
  const high = cells.edge(Math.min(cells.count - 1, cell + 1));
  const below = normalCdf((low - mean) / (factor * spread));
  const above = normalCdf((mean - high) / (factor * spread));
  if (Math.max(below, above) > 0.5) {
    // In the first cell and in the last one, both edges are the same.
    if (Math.min(below, above) >= alpha) return { mean, factor };
    return { mean: high + Math.sign(mean - high) * factor * spread * normalQuantile(1 - alpha), factor };
  }
  if (Math.min(below, above) >= alpha / 2) return { mean, factor };
  const inside = 1 - below - above;
  const [atLeastBelow, atLeastAbove] = [Math.max(below, alpha / 2), Math.max(above, alpha / 2)];
  const excess = (1 - atLeastBelow - atLeastAbove - inside) / (atLeastBelow + inside + atLeastAbove - (3 * alpha) / 2);
  const quantile = (probability: number): number => normalQuantile(1 - Math.min(0.5 - 1e-10, Math.max(1e-10, probability)));
  const left = quantile(atLeastBelow + excess * (atLeastBelow - alpha / 2));
  const right = quantile(atLeastAbove + excess * (atLeastAbove - alpha / 2));
  return { mean: (low * right + high * left) / (left + right), factor: (high - low) / ((left + right) * spread) };
}
