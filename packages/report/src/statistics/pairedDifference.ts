/** Differences of paired log regrets, finite also where one run never succeeded. */

/** Larger than any difference of two log10 regrets of finite numbers, which lie between -10 and 309. */
export const beyondAnyDifference = 1000;

/** score - other; two runs without any success do not differ, and one without counts as worse by more than any number can be. */
export function pairedDifference(score: number, other: number): number {
  if (score === other) return 0;
  return Math.max(-beyondAnyDifference, Math.min(beyondAnyDifference, score - other));
}
