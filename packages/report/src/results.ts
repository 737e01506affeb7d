/**
 * The results of a campaign, from which every page is computed. They are plain data. The bench package writes and reads them, so that
 * anyone can rebuild a report from the raw runs.
 */

/** A strategy of a campaign. */
export type StrategyCard = {
  /** Unique in the campaign, for instance `sobol` or `random x2`. */
  readonly label: string;
  /** The registered name of the strategy, its version and its resolved options. The version of a program is what the program says. */
  readonly name: string;
  readonly version: number | string;
  readonly options: { readonly [name: string]: unknown };
  /** The evaluations, or the resource, that it may spend per counted unit; 2 for the yardstick `random x2`. */
  readonly evaluationsPerStep: number;
  /** Where the code is from; absent for a strategy that is built in. A peer is a program of `benchmarks/peers`. */
  readonly origin?: "module" | "command" | "peer";
  /** The label of the strategy that this one repeats with other random numbers. */
  readonly twinOf?: string;
};

/**
 * Quantiles of the objective at uniform random points of the box. They come from a fixed sample of their own, which no run of the campaign
 * uses. So a score against them does not depend on which strategies take part.
 */
export type Anchor = {
  /** The number of points in the sample. */
  readonly evaluations: number;
  /** The median of the points that have a value. */
  readonly median: number;
  /** Probabilities, descending from 0.5 to 1 / evaluations. */
  readonly levels: readonly number[];
  /** The quantiles: a share of `levels[i]` of the points has a value of `values[i]` or less. */
  readonly values: readonly number[];
};

/** A problem of a campaign. */
export type ProblemFacts = {
  readonly id: string;
  readonly title: string;
  readonly dimensions: number;
  /** The certified minimum and its tolerance. */
  readonly optimum: number;
  readonly tolerance: number;
  /**
   * The name of the value, for instance "test error", if the minimum is unknown. Then `optimum` is 0, no value is below it, and the pages
   * show the value itself instead of a regret.
   */
  readonly measure?: string;
  readonly tags: readonly string[];
  /** Variants of one function share it. Sentences that count problems count groups. */
  readonly group?: string;
  /**
   * What random points of the box are worth, by seed. If all seeds have the same box, there is one anchor with the key "". Absent where a
   * sample is too expensive.
   */
  readonly anchors?: { readonly [seed: string]: Anchor };
  readonly source: string;
  /** How the box and the place of the optimum follow from the seed. */
  readonly box?: string;
  /** Defaults of strategies were chosen on this problem. */
  readonly tuned?: true;
  /** The constraints between the parameters as texts; absent if there are none. */
  readonly where?: readonly string[];
  /** The names of the constraints that are measured with the value. A point that breaks one has no value. Absent if there are none. */
  readonly measuredConstraints?: readonly string[];
  /** The minimum is the one without these constraints, so that a regret may never reach 0. */
  readonly optimumIsBound?: boolean;
  /** The budget of each run: counted evaluations, or full trainings if the budget counts resource. */
  readonly budget: number;
  /** How far a configuration can train, and whether a checkpoint can continue. Only if the budget counts resource. */
  readonly fidelity?: { readonly unit: string; readonly min: number; readonly max: number; readonly whole: boolean };
  readonly resumable?: boolean;
};

/** A budget of resource. The unit is a full training: what one training to the highest fidelity spends. */
export type ResourceBudget = {
  readonly fullTrainings: number;
  /** Curves are shown at `points` amounts of resource, from `from` to the whole budget. Each is a constant factor above the one before. */
  readonly points: number;
  readonly from: number;
  /** The number of simulated workers, and the standard deviation of the logarithm of the durations of their jobs. */
  readonly workers: number;
  readonly stragglerSigma: number;
};

/** What strategies announce before they run on problems with one range of fidelities, as lines of text: a bracket table. */
export type Schedule = { readonly strategies: readonly string[]; readonly problems: readonly string[]; readonly text: string };

/** One strategy on one problem with one seed. */
export type RunResult = {
  readonly problem: string;
  readonly strategy: string;
  readonly seed: number;
  /**
   * If the budget counts evaluations: the noise-free value of each evaluation, in the order of the asks; null if it failed. The length is
   * budget x evaluationsPerStep, or less if the strategy was done. If the budget counts resource: the value after full training of each
   * configuration that the run would have recommended, in that order.
   */
  readonly values: readonly (number | null)[];
  /**
   * Only if the strategy was told noisy values: one entry per value, the noise-free value of the configuration that the strategy recommends
   * after that evaluation; null if it recommends none. The report then judges the run by these values and not by `values`.
   */
  readonly recommended?: readonly (number | null)[];
  /** Present if and only if the budget counts resource. */
  readonly training?: RunTraining;
  /** Present if the run ended before its budget because of a fault. The values until then count. */
  readonly failed?: RunFailure;
  readonly spent?: RunCosts;
  /** How long the strategy took for each ask, in seconds, on the machine that made the run. Absent if it is not known. */
  readonly askSeconds?: readonly number[];
  /** What the strategy predicted before evaluations. Absent if it is not known. */
  readonly predictions?: readonly RunPrediction[];
};

/** A predicted mean and standard deviation of one evaluation, and the value that the strategy was told. */
export type RunPrediction = { readonly mean: number; readonly sd: number; readonly value: number };

/** `refused`: the strategy or the problem did not accept what it was given. */
export type RunFailure = { readonly kind: "crashed" | "timedOut" | "refused"; readonly message: string };

/**
 * What a run spent on four axes. `resource` is the training that it added, and `scratch` what that would have been without checkpoints,
 * both in full trainings. `time` is the time of the simulated workers, in seconds.
 */
export type RunCosts = { readonly evaluations: number; readonly resource: number; readonly scratch: number; readonly time: number };

/** What a run spent on training, if the budget counts resource. */
export type RunTraining = {
  /** One entry per value, never decreasing: the full trainings that were spent when it became the recommendation of the run. */
  readonly from: readonly number[];
  /** One entry per value: the part of a full training, 0 to 1, that it still needed at that time. */
  readonly left: readonly number[];
  /** The spent full trainings. More than the budget if the last training began within it; less if the strategy was done. */
  readonly spent: number;
  readonly measurements: number;
  readonly failures: number;
  /**
   * One entry per value: what the run had spent on the other axes by then. `time` is null where it is not known. Absent if nothing is.
   */
  readonly costs?: readonly (Pick<RunCosts, "evaluations" | "scratch"> & { readonly time: number | null })[];
};

/** What one run trained, in the order of its measurements. */
export type RunTimeline = Pick<RunResult, "problem" | "strategy" | "seed"> & { readonly trainings: readonly TimelineTraining[] };

export type TimelineTraining = {
  readonly trial: number;
  /** Fidelities: how far the trial had been trained before, 0 for a new one, and how far it was trained now. */
  readonly from: number;
  readonly until: number;
  /** The full trainings that this took, and those that the run had spent after it. */
  readonly added: number;
  readonly spent: number;
  /** Whether the measurement had no value. */
  readonly failed: boolean;
};

/** Who ran a campaign, when, and with what. No result depends on it. */
export type CampaignOrigin = {
  /** Empty if they are not stated. */
  readonly authors: readonly string[];
  /** The day on which the campaign began, such as 2026-11-30. */
  readonly day?: string;
  /** Each place that runs were computed in. */
  readonly machines: readonly CampaignMachine[];
};

/** null stands for what is not known. */
export type CampaignMachine = {
  /** The commit of the repository in which the command ran, and whether its files were those of the commit. */
  readonly commit: string | null;
  readonly unchanged: boolean | null;
  /** The version of Caviar. */
  readonly version: string | null;
  /** SHA-256 of the lockfile. */
  readonly lockfile: string | null;
  /** The version of Node. */
  readonly node: string | null;
  readonly system: string | null;
  readonly processor: string | null;
};

/** All results of a campaign. */
export type CampaignResults = {
  readonly name: string;
  readonly title: string;
  /** The question that the campaign answers, in one sentence. */
  readonly question: string;
  /** SHA-256 of the canonical plan and of the canonical runs, in hexadecimal digits. */
  readonly planHash: string;
  readonly dataHash: string;
  /** The command that produces everything again. */
  readonly command: string;
  /** Absent if nothing is known about it. */
  readonly origin?: CampaignOrigin;
  /** The number of points of the initial design that all strategies share in each run; 0 if each strategy chooses its own. */
  readonly initialPoints: number;
  /** The noise of the problems in words. */
  readonly noise: string;
  /** Absent if the budget counts evaluations. */
  readonly resource?: ResourceBudget;
  readonly schedules?: readonly Schedule[];
  /** A run of each strategy on one problem with one seed. Absent if the budget counts evaluations. */
  readonly timelines?: readonly RunTimeline[];
  readonly strategies: readonly StrategyCard[];
  readonly problems: readonly ProblemFacts[];
  readonly seeds: readonly number[];
  readonly runs: readonly RunResult[];
};
