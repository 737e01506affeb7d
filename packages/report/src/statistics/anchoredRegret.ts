/**
 * Anchored regret: the regret divided by that of a typical random point, rho = (f - f*) / (m - f*), where m is the median of the objective
 * at uniform random points. 1 is as good as one random point in the median; 0 is the minimum. It does not change if the objective is
 * multiplied by a positive number or a constant is added.
 */
import type { Anchor, ProblemFacts } from "../results.ts";
import { log10 } from "./logRegret.ts";

/** Anchored regrets below it are equal, unless the minimum is known less precisely. */
export const anchoredFloor = 1e-10;

/** log10 max(rho, floor); Infinity without a success. Null if the median random point is not above the minimum. */
export function anchoredLogRegret(
  { optimum, tolerance }: ProblemFacts,
  { median }: Anchor,
  value: number,
  floor: number = anchoredFloor,
): number | null {
  // In halves, so that no difference of finite numbers overflows.
  const unit = median / 2 - optimum / 2;
  if (!(unit > 0)) return null;
  if (value === Infinity) return value;
  const least = Math.max(floor, (5 * tolerance) / unit);
  return log10(Math.min(Math.max((value / 2 - optimum / 2) / unit, least), Number.MAX_VALUE));
}
