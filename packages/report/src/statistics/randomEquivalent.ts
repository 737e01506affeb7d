/**
 * Random-search-equivalent evaluations: how many uniform random points it takes until the best of them is at least as good as a value, with
 * a chance of one half. If F(y) is the probability that one random point is worth y or less, n50(y) = ln(1/2) / ln(1 - F(y)). F comes from
 * the anchor of the problem. Only the order of values matters, so n50 does not change if the objective is transformed by any strictly
 * increasing function.
 */
import { expm1, log1p } from "@caviar-hpo/numerics";
import type { Anchor } from "../results.ts";

/**
 * n50 of a value, at least 1. Infinity for a value below all of the sample, which cannot say how rare such a value is. Between two
 * quantiles, F is the geometric mean of their levels.
 */
export function randomEquivalent(anchor: Anchor, value: number): number {
  const { levels, values } = anchor;
  const place = values.findIndex((quantile) => quantile <= value);
  if (place < 0) return Infinity;
  const above = values[place] === value || place === 0 ? levels[place]! : levels[place - 1]!;
  return evaluationsAt(Math.sqrt(levels[place]! * above));
}

/** The largest n50 that the anchor can tell from more: that of the best value in the sample. */
export function resolutionOf({ levels }: Anchor): number {
  return evaluationsAt(levels[levels.length - 1]!);
}

/** ln(1/2) / ln(1 - level), at least 1. */
export function evaluationsAt(level: number): number {
  return Math.max(1, -Math.LN2 / log1p(-level));
}

/** The inverse: the median of the best of so many random points has this level, 1 - 2^(-1 / evaluations). */
export function levelAfter(evaluations: number): number {
  return -expm1(-Math.LN2 / evaluations);
}

/**
 * The value that the best of so many random points has in the median: the quantile with the closest level. Null if the sample is too small
 * to have it.
 */
export function valueAfter({ levels, values }: Anchor, evaluations: number): number | null {
  const level = levelAfter(evaluations);
  const next = levels.findIndex((one) => one <= level);
  if (next < 0) return null;
  // Levels fall by a factor, so distances are those of logarithms.
  const place = next > 0 && level * level > levels[next]! * levels[next - 1]! ? next - 1 : next;
  return values[place]!;
}
