/**
 * Quantiles of a sorted sample: linear interpolation between order statistics, definition 7 of R. J. Hyndman and Y. Fan, *Sample quantiles
 * in statistical packages*, The American Statistician 50 (1996) 361-365, which is also NumPy's.
 */

/** `sorted` is ascending, finite and not empty; `probability` in [0, 1]. Weighted so that opposite values near 1e308 do not overflow. */
export function quantile(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const weight = position - below;
  const left = sorted[below]!;
  const right = sorted[Math.min(below + 1, sorted.length - 1)]!;
  // The weighted sum may round past either neighbour, of two equal ones even.
  return Math.max(left, Math.min(right, (1 - weight) * left + weight * right));
}
