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
  /** Evaluations, or resource, that it may spend for each unit that is counted; 2 for the `random x2` yardstick. */
  readonly evaluationsPerStep: number;
};

export type ProblemFacts = {
  readonly id: string;
  readonly title: string;
  readonly dimensions: number;
  /** The certified minimum and how far it can be trusted. */
  readonly optimum: number;
  readonly tolerance: number;
  /**
   * What values are, for instance "test error", where the minimum is unknown. `optimum` is then 0, which no value passes, and the pages
   * show the value itself where they show regrets of other problems.
   */
  readonly measure?: string;
  readonly tags: readonly string[];
  readonly source: string;
  /** Counted evaluations of each run; full trainings where resource is counted. */
  readonly budget: number;
  /** How far a configuration can be trained, and whether training continues from where it stopped, where resource is counted. */
  readonly fidelity?: { readonly unit: string; readonly min: number; readonly max: number; readonly whole: boolean };
  readonly resumable?: boolean;
};

/** Resource as the budget, in full trainings: what one training to the highest fidelity spends. */
export type ResourceBudget = {
  readonly fullTrainings: number;
  /** Curves are shown at so many amounts of resource, from `from` to the whole, each the same factor above the one before. */
  readonly points: number;
  readonly from: number;
  /** Simulated workers, and the standard deviation of the logarithm of their jobs' durations. */
  readonly workers: number;
  readonly stragglerSigma: number;
};

/** What strategies say beforehand that they are going to do on problems of one range of fidelities, as lines of text: a bracket table. */
export type Schedule = { readonly strategies: readonly string[]; readonly problems: readonly string[]; readonly text: string };

/** One strategy on one problem with one seed. */
export type RunResult = {
  readonly problem: string;
  readonly strategy: string;
  readonly seed: number;
  /**
   * The noise-free value of each evaluation in the order asked; null where it failed. Length: budget x evaluationsPerStep, or fewer where
   * the strategy was done. Where resource is counted: what each configuration is worth in the end that the run would have recommended, in
   * that order.
   */
  readonly values: readonly (number | null)[];
  /** Where resource is counted, and only there. */
  readonly training?: RunTraining;
};

export type RunTraining = {
  /** One entry a value, never falling: the full trainings that were spent when it became the run's recommendation. */
  readonly from: readonly number[];
  /** One entry a value: the full trainings, 0 to 1, that were left to train it in full at that time. */
  readonly left: readonly number[];
  /** In full trainings. More than the budget where the last training began within it; less where the strategy was done. */
  readonly spent: number;
  readonly measurements: number;
  readonly failures: number;
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
  /** Absent where evaluations are counted. */
  readonly resource?: ResourceBudget;
  readonly schedules?: readonly Schedule[];
  readonly strategies: readonly StrategyCard[];
  readonly problems: readonly ProblemFacts[];
  readonly seeds: readonly number[];
  readonly runs: readonly RunResult[];
};
