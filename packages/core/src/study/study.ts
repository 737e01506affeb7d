/**
 * The study: a fold of a log of events with one strategy. It hands out jobs, takes reports, keeps the promises of the contract (each job
 * takes effect exactly once, nothing that is not finite gets inside, every proposal lies in its space) and emits one event for each thing
 * that happened, so that the same events give the same study again.
 */

import type { JobId } from "../contract/ids.ts";
import type { Json } from "../contract/json.ts";
import type { Told } from "../contract/measurement.ts";
import type { Problem } from "../contract/problem.ts";
import type { Prediction } from "../contract/strategy.ts";
import type { FailureReason, History } from "../contract/trial.ts";
import { checkConfig } from "../space/config.ts";
import type { Config } from "../space/param.ts";
import { type Asked, type AskOptions, ask } from "./ask.ts";
import { bestTrials } from "./best.ts";
import type { Event } from "./events.ts";
import { enqueue, observe } from "./external.ts";
import { contextOf, createFold, type Fold, type StudyDefinition } from "./fold.ts";
import { withoutNegativeZeros } from "./guard.ts";
import { type FailureDetails, fail, type Heard, tell } from "./report.ts";

/** A study. All values are the user's: those it is told, and those of its history, jobs, events and predictions. */
export type Study = {
  readonly problem: Problem;
  readonly strategy: { readonly name: string; readonly version: number };
  readonly seed: string | number;
  readonly history: History;
  /** The strategy's state, to be read and serialised, not to be changed. */
  readonly state: Json;
  readonly done: boolean;
  /**
   * Whether its strategy or `onEvent` has thrown, or the strategy broke the contract: the study then refuses every call; its log so far is
   * good.
   */
  readonly closed: boolean;
  /** New jobs to run, what is to happen to running ones, and what to do next. */
  ask(options?: AskOptions): Asked;
  tell(job: JobId, told: Told, atMs?: number): Heard;
  fail(job: JobId, reason: FailureReason, details?: FailureDetails, atMs?: number): Heard;
  enqueue(config: Config, atMs?: number): void;
  observe(config: Config, told: Told, atMs?: number): void;
  /** What the strategy recommends, or the best trial's configuration where it has no opinion of its own; null before anything finished. */
  recommend(): Config | null;
  /** The strategy's model of the first objective at some configurations; null where it has none. */
  predict(configs: readonly Config[]): Prediction | null;
};

/**
 * @param onEvent called with each event after it took effect; append it to a log.
 * @throws ConfigError for a problem that no strategy can serve, or that this strategy cannot.
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
    get closed() {
      return fold.closed;
    },
    ask: (options = {}) => ask(fold, options),
    tell: (job, told, atMs = 0) => tell(fold, job, told, atMs),
    fail: (job, reason, details = {}, atMs = 0) => fail(fold, { job, reason, details }, atMs),
    enqueue: (config, atMs = 0) => enqueue(fold, config, atMs),
    observe: (config, told, atMs = 0) => observe(fold, config, told, atMs),
    recommend: () => strategy.recommend?.(state, contextOf(fold)) ?? bestTrials(problem, ledger.history())[0]?.config ?? null,
    predict: (configs) => {
      const checked = configs.map((config) => checkConfig(problem.space, config));
      const prediction = strategy.predict?.(state, contextOf(fold), checked);
      return prediction === undefined ? null : orientation.prediction(withoutNegativeZeros(prediction));
    },
  };
}
