/**
 * Results: what a campaign leaves behind and every page is computed from. Plain data, written and read by the bench package, so that
 * a report can be rebuilt from the raw runs by anyone.
 */

export type StrategyCard = {
  /** Unique in the campaign, for instance `sobol` or `random x2`. */
  readonly label: string;
  /** The strategy's registered name and options, as resolved. */
  readonly name: string;
  readonly version: number;
  readonly options: { readonly [name: string]: unknown };
  /** Evaluations it may spend for each one that is counted; 2 for the `random x2` yardstick. */
  readonly evaluationsPerStep: number;
};

export type ProblemCard = {
  readonly id: string;
  readonly title: string;
  readonly dimensions: number;
  /** The certified minimum and how far it can be trusted. */
  readonly optimum: number;
  readonly tolerance: number;
  readonly tags: readonly string[];
  readonly source: string;
  /** Counted evaluations of each run. */
  readonly budget: number;
};

/** One strategy on one problem with one seed. */
export type RunResult = {
  readonly problem: string;
  readonly strategy: string;
  readonly seed: number;
  /** The noise-free value of each evaluation in the order asked; null where it failed. Length: budget x evaluationsPerStep, or fewer where the strategy was done. */
  readonly values: readonly (number | null)[];
};

export type CampaignResults = {
  readonly name: string;
  readonly title: string;
  /** The question the campaign answers, one sentence. */
  readonly question: string;
  /** SHA-256 of the canonical plan and of the canonical runs, in hex. */
  readonly planHash: string;
  readonly dataHash: string;
  /** The command that regenerates everything. */
  readonly command: string;
  /** Points of the initial design that all strategies share in each run; 0 where each brings its own. */
  readonly initialPoints: number;
  readonly noise: string;
  readonly strategies: readonly StrategyCard[];
  readonly problems: readonly ProblemCard[];
  readonly seeds: readonly number[];
  readonly runs: readonly RunResult[];
};
