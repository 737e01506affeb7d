/**
 * The exact two-sided signed-rank test of paired differences (Wilcoxon 1945). Zeros are treated as Pratt proposed (1959): they take part in
 * the ranking, and the sums omit them. Ties share mid-ranks. The distribution is exact for those ranks: every sign is equally likely.
 */
import { averageRanks, tieTolerance } from "./ranks.ts";

export type SignedRank = {
  /** Two-sided p-value; 1 where no pair differs. */
  readonly p: number;
  /** Pairs that differ by more than the tie tolerance. */
  readonly differing: number;
  /** The sum of the ranks of the positive differences. */
  readonly positive: number;
};

export function signedRank(differences: readonly number[]): SignedRank {
  const exact = differences.map((difference) => (Math.abs(difference) <= tieTolerance ? 0 : difference));
  const ranks = averageRanks(exact.map((difference) => Math.abs(difference)));
  const doubled = ranks.map((rank) => 2 * rank).filter((_, index) => exact[index] !== 0);
  let positive = 0;
  let negative = 0;
  exact.forEach((difference, index) => {
    if (difference > 0) positive += ranks[index]!;
    if (difference < 0) negative += ranks[index]!;
  });
  return { p: Math.min(1, 2 * lowerTail(doubled, 2 * Math.min(positive, negative))), differing: doubled.length, positive };
}

/** P(sum of a random subset of `ranks` <= `limit`): each rank is in or out with probability one half; mid-ranks are doubled to be whole. */
function lowerTail(ranks: readonly number[], limit: number): number {
  const probability = new Float64Array(limit + 1);
  probability[0] = 1;
  for (const rank of ranks) {
    for (let sum = limit; sum >= 0; sum--) probability[sum] = (probability[sum]! + (sum >= rank ? probability[sum - rank]! : 0)) / 2;
  }
  return probability.reduce((total, share) => total + share, 0);
}

/** The smallest p-value that `pairs` differing pairs can give: all signs are equal, 2^(1 - n). */
export function smallestP(pairs: number): number {
  let p = 2;
  for (let pair = 0; pair < pairs; pair++) p /= 2;
  return Math.min(1, p);
}
