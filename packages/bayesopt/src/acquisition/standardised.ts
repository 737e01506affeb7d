/** How far a threshold lies above the mean, in standard deviations: u = (threshold - mean) / sigma, and what stands for it at the edges. */

/**
 * Infinity where the outcome is certainly below the threshold, -Infinity where certainly not (variance 0 or less with mean >= threshold
 * included), and -Infinity, too, where an argument is NaN or an infinity is compared with itself. An infinite variance hides the distance:
 * u is 0.
 */
export function standardised(threshold: number, mean: number, variance: number): number {
  const distance = threshold - mean;
  if (Number.isNaN(distance) || Number.isNaN(variance)) return -Infinity;
  if (!(variance > 0)) return distance > 0 ? Infinity : -Infinity;
  // An infinite distance is an infinite threshold or mean, or more than 1e154 standard deviations of any finite variance.
  if (variance === Infinity) return Number.isFinite(distance) ? 0 : distance;
  return distance / Math.sqrt(variance);
}
