/** The facts of those sentences that have two wordings: one for pages, and an older one for `results.json`. */
import type { Estimate } from "../statistics/bootstrap.ts";

/** The strategy with the smallest factor against the reference. */
export type SmallestFactor = {
  readonly reference: string;
  readonly strategy: string;
  readonly measure: string;
  /** The factor as log10. */
  readonly estimate: Estimate;
};

/** Labels of the strategies whose interval of the factor lies below 1, above 1, or contains it. */
export type FactorsByStrategy = {
  readonly below: readonly string[];
  readonly above: readonly string[];
  readonly around: readonly string[];
};

/** The resource that a strategy needs to reach the final quality of the reference. */
export type SpeedUp = {
  readonly label: string;
  readonly reference: string;
  /** The number of problems on which it reaches that quality, out of `problems`. */
  readonly reached: number;
  readonly problems: number;
  /** Median over problems of its resource divided by that of the reference; Infinity where it is not reached. */
  readonly share: Estimate;
};

/** A strategy that may spend several evaluations per step. */
export type Yardstick = {
  readonly label: string;
  readonly spends: number;
  /** True if the budget counts evaluations, false if it counts resource. */
  readonly counting: boolean;
  /** In words, with its interval. */
  readonly meanRank: string;
  /** Labels of the strategies that keep to the budget and have a better mean rank. */
  readonly better: readonly string[];
  /** Whether the simultaneous interval of its difference to the first excludes zero; null if the first is not in `better`. */
  readonly firstApart: boolean | null;
};

/** A strategy with runs that ended before the budget. */
export type EarlyEnds = {
  readonly label: string;
  readonly ended: number;
  readonly runs: number;
  readonly counting: boolean;
  /** In words: the least and the most that these runs spent. */
  readonly spent: string;
};
