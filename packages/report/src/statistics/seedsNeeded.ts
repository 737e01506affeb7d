/**
 * How many seeds it takes to call one strategy ahead of another: the number with which the difference of their mean ranks exceeds the
 * critical value of all pairs with a given chance. The critical value is approximated by Student's quantile at the level of one pair of
 * k (k - 1) / 2 (Bonferroni), and the noncentral distribution by a normal one (Johnson and Kotz 1970, section 31.7):
 * P(t > c) = Φ((λ (1 - 1 / (4 ν)) - c) / √(1 + c² / (2 ν))), with λ = difference √(P n) / deviation and ν = P (n - 1).
 */
import { normalCdf } from "@caviar-hpo/numerics";
import { level } from "../confidence.ts";
import { smallestP } from "./signedRank.ts";
import { studentQuantile } from "./studentQuantile.ts";

/** A difference to show, and the campaign that shall show it. */
export type SeedPlan = {
  /**
   * The mean over problems and seeds of the difference of ranks, above 0. If nothing ranks between the two, and the better one wins a share w
   * of the seeds, it is 2 w - 1.
   */
  readonly difference: number;
  /** The standard deviation of this difference over the seeds of one problem, above 0. In the same case it is 2 √(w (1 - w)). */
  readonly deviation: number;
  /** The number of strategies that are compared. */
  readonly strategies: number;
  readonly problems: number;
  /** The chance to call the better one ahead, below 1; 0.8 by default. */
  readonly power?: number;
};

/** The largest number of seeds that is tried. */
export const mostSeeds = 10_000;

/** The least number of seeds per problem; Infinity if it is above `mostSeeds`. */
export function seedsNeeded(plan: SeedPlan): number {
  const { power = 0.8 } = plan;
  if (powerOf(plan, mostSeeds) < power) return Infinity;
  let [low, high] = [1, mostSeeds];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (powerOf(plan, middle) < power) low = middle;
    else high = middle;
  }
  return high;
}

function powerOf({ difference, deviation, strategies, problems }: SeedPlan, seeds: number): number {
  const outside = (2 * level) / (strategies * (strategies - 1));
  if (smallestP(problems * seeds) > outside) return 0;
  const freedom = problems * (seeds - 1);
  const critical = studentQuantile(outside, freedom);
  const shift = (difference * Math.sqrt(problems * seeds)) / deviation;
  return normalCdf((shift * (1 - 1 / (4 * freedom)) - critical) / Math.sqrt(1 + (critical * critical) / (2 * freedom)));
}
