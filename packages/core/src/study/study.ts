/**
 * The study: a fold of a log of events with one strategy. It hands out jobs, takes reports, keeps the promises of the contract (each job
 * takes effect exactly once, nothing that is not finite gets inside, every proposal lies in its space) and emits one event for each thing
 * that happened, so that the same events give the same study again.
 */

import type { JobId, TrialId } from "../contract/ids.ts";
import type { Json } from "../contract/json.ts";
import type { Told } from "../contract/measurement.ts";
import type { Problem } from "../contract/problem.ts";
import type { LeastTrials, Outlook, Prediction } from "../contract/strategy.ts";
import type { FailureReason, History } from "../contract/trial.ts";
import { checkConfig } from "../space/config.ts";
import type { Config } from "../space/param.ts";
import { type Asked, type AskOptions, ask } from "./ask.ts";
import { bestTrials } from "./best.ts";
import { enqueue } from "./enqueue.ts";
import type { Event } from "./events.ts";
import { contextOf, createFold, type Fold, type StudyDefinition } from "./fold.ts";
import { withoutNegativeZeros } from "./guard.ts";
import { type ObservedTrial, observe } from "./observe.ts";
import { type FailureDetails, fail, type Heard, tell } from "./report.ts";

/** A study. All values are the user's: those that it is told, and those of its history, jobs, events and predictions. */
export type Study = {
  readonly problem: Problem;
  readonly strategy: { readonly name: string; readonly version: number };
  readonly seed: string | number;
  readonly history: History;
  /** The strategy's state. You may read and serialise it, but not change it. */
  readonly state: Json;
  /** Whether the strategy is finished for good. */
  readonly done: boolean;
  /** Whether the last ask had `finish: true`. */
  readonly finishing: boolean;
  /** Whether the last ask gave no job, and nothing has happened since. The same ask would give none again. */
  readonly idle: boolean;
  /** Trials that count towards a budget: all that its jobs have started, failed ones included, but not the observed ones. */
  readonly started: number;
  /** Whether a trial was observed: it was measured outside this study, so it does not count towards a budget. */
  observed(trial: TrialId): boolean;
  /**
   * Whether the strategy or `onEvent` has thrown, or whether the strategy broke the contract. The study then refuses every call. Its log up
   * to then is valid.
   */
  readonly closed: boolean;
  /** What the strategy needs of a budget; null where every budget serves. */
  readonly leastTrials: LeastTrials | null;
  /** Asks for new jobs. The answer also says what is to happen to running jobs, and what to do next. */
  ask(options?: AskOptions): Asked;
  /** Reports what a job measured. */
  tell(job: JobId, told: Told, atMs?: number): Heard;
  /** Reports that a job will not be measured. */
  fail(job: JobId, reason: FailureReason, details?: FailureDetails, atMs?: number): Heard;
  /**
   * Makes the next new trial use this configuration. The strategy chooses the values of parameters that it leaves out.
   *
   * @throws ConfigError for values that are not in the space, or that no other values complete.
   */
  enqueue(config: Config, atMs?: number): void;
  /**
   * Adds a trial from outside this study: a finished one, if it gets a measurement. It counts towards no budget. Strategies see it as they
   * see their own trials. A running trial is pending. Returns the id of the job that stands for it: tell or fail that job like any other.
   * Returns null for a trial that has ended.
   */
  observe(config: Config, trial: Told | ObservedTrial, atMs?: number): JobId | null;
  /**
   * The configuration that the strategy recommends. If it makes no recommendation, that of the best trial. null before a trial has
   * finished.
   */
  recommend(): Config | null;
  /** What the strategy expected of further trials at its latest asks, oldest first. null if it has no model that could say. */
  readonly outlooks: readonly Outlook[] | null;
  /** What the strategy's model predicts for the first objective at some configurations. null if it has no model. */
  predict(configs: readonly Config[]): Prediction | null;
};

/**
 * Starts a study in memory.
 *
 * @param onEvent called with each event after it took effect. Append the event to a log.
 * @throws ConfigError for a problem that is wrong, or that does not suit the strategy.
 */
export function startStudy(definition: StudyDefinition, onEvent: (event: Event) => void = () => {}): Study {
  return studyOf(createFold(definition, onEvent));
}

/** The study whose fold this is. */
export function studyOf(fold: Fold): Study {
  const { problem, strategy, seed, state, books } = fold;
  const { user: ledger, orientation } = books;
  return {
    problem,
    strategy: { name: strategy.name, version: strategy.version },
    seed,
    get history() {
      return ledger.history();
    },
    state,
    get done() {
      return fold.then === "done";
    },
    get finishing() {
      return fold.finishing;
    },
    get idle() {
      return fold.last?.kind === "asked" && fold.last.jobs.length === 0;
    },
    get leastTrials() {
      return strategy.leastTrials?.(books.strategy.problem) ?? null;
    },
    get started() {
      return ledger.started;
    },
    get outlooks() {
      return strategy.outlooks?.(state) ?? null;
    },
    observed: ledger.observed,
    get closed() {
      return fold.closed;
    },
    ask: (options = {}) => ask(fold, options),
    tell: (job, told, atMs = 0) => tell(fold, job, told, atMs),
    fail: (job, reason, details = {}, atMs = 0) => fail(fold, { job, reason, details }, atMs),
    enqueue: (config, atMs = 0) => enqueue(fold, config, atMs),
    observe: (config, trial, atMs = 0) => observe(fold, config, trial, atMs),
    recommend: () => strategy.recommend?.(state, contextOf(fold)) ?? bestTrials(problem, ledger.history())[0]?.config ?? null,
    predict: (configs) => {
      const checked = configs.map((config) => checkConfig(problem.space, config));
      const prediction = strategy.predict?.(state, contextOf(fold), checked);
      return prediction === undefined ? null : orientation.prediction(withoutNegativeZeros(prediction));
    },
  };
}
