/** What a sentence needs to know, where it is said in two wordings. */
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

/** What a strategy needs for the final quality of the reference. */
export type SpeedUp = {
  readonly label: string;
  readonly reference: string;
  /** On how many problems it reaches that quality, of how many. */
  readonly reached: number;
  readonly problems: number;
  /** Median over problems of its resource divided by that of the reference; Infinity where it is not reached. */
  readonly share: Estimate;
};

/** A strategy that may spend several evaluations a step. */
export type Yardstick = {
  readonly label: string;
  readonly spends: number;
  /** Whether evaluations are counted, and not resource. */
  readonly counting: boolean;
  /** With its interval, in words. */
  readonly meanRank: string;
  /** Labels of the strategies with a better mean rank that keep to the budget. */
  readonly better: readonly string[];
  /** Whether the simultaneous interval of its difference to the first leaves out zero; null where the first is not among the better. */
  readonly firstApart: boolean | null;
};

/** A strategy with runs that ended before the budget. */
export type EarlyEnds = {
  readonly label: string;
  readonly ended: number;
  readonly runs: number;
  readonly counting: boolean;
  /** What the shortest and the longest of them spent, in words. */
  readonly spent: string;
};
