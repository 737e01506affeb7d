/**
 * How much is added to the diagonal from the start. Without noise two points 1e-8 apart leave a pivot of about one rounding error: the
 * matrix factorises, yet the pivot is chance, and what is divided by it would pass for knowledge: means off by whole deviations where
 * the variance says none. n eps mean(diag), as much as rounding may have moved an eigenvalue (Higham, *Accuracy and stability of
 * numerical algorithms*, 2002, theorem 10.3), keeps pivots above it.
 */

/** 0 where each measurement's noise, of which `least` is the least, is as much already. */
export function leastJitter(n: number, mean: number, least: number): number {
  const rounding = n * epsilon * mean;
  return least < rounding ? rounding : 0;
}

const epsilon = 2.220446049250313e-16;
