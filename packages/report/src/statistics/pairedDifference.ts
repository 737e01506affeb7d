/** Differences of paired log regrets. They are finite even if one run never succeeded. */

/** Larger than any difference of two log10 regrets of finite numbers, which lie between -10 and 309. */
export const beyondAnyDifference = 1000;

/**
 * score - other. Two runs without a success do not differ. A run without a success is worse than any other by a difference above all
 * others.
 */
export function pairedDifference(score: number, other: number): number {
  if (score === other) return 0;
  return Math.max(-beyondAnyDifference, Math.min(beyondAnyDifference, score - other));
}
