/**
 * Many tests with one false-alarm rate: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
 * Statistics 6, 1979. Reject the hypotheses whose adjusted p-value is at most alpha. Then the probability that a true hypothesis is
 * rejected is at most alpha, however the tests depend on each other.
 */

/** The adjusted p-values, in the order of `ps`. The smallest of them is Bonferroni's: the number of tests times the smallest p. */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, index) => index).sort((a, b) => ps[a]! - ps[b]! || a - b);
  const adjusted = ps.map(() => 1);
  let least = 0;
  order.forEach((index, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * ps[index]!));
    adjusted[index] = least;
  });
  return adjusted;
}
