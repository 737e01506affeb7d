/**
 * The study that most users need: configurations have the types of the space, and one call optimises. It is built on the ask-and-tell study
 * of @caviar-hpo/core, which is available as `core`. All values are as the user measured them, in both.
 */
import {
  type AskOptions,
  type Config,
  type ConfigOf,
  type Study as CoreStudy,
  type Event,
  type Job,
  type JobId,
  type Problem,
  replay,
  type Shape,
  type Strategy,
  type StudyDefinition,
  type Told,
  type TrialId,
} from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { type Best, bestOf } from "./best.ts";
import { keeperOf } from "./checkpoints.ts";
import type { ObjectiveFunction } from "./objective.ts";
import { type Observation, observedBy } from "./observation.ts";
import { type Result, toldBy } from "./result.ts";
import type { RunOptions, StudyParts } from "./runTrials.ts";
import { problemOf, readStudyOptions, type StudySettings } from "./settings.ts";

/** A study whose configurations have the type C, whose checkpoints have the type M, and whose `optimize` has the options O. */
export type Study<C, M = unknown, O = RunOptions> = {
  /** The ask-and-tell study of @caviar-hpo/core. */
  readonly core: CoreStudy;
  /**
   * Runs trials until a limit is reached or the strategy is done. Resolves to the best trial of the study so far. Rejects with StateError
   * if no trial has succeeded.
   */
  optimize(objective: ObjectiveFunction<C, M>, options: O): Promise<Best<C>>;
  /** Asks for up to `want` jobs (1 by default). You evaluate them yourself and tell the results. */
  ask(options?: AskOptions): readonly (Job & { readonly config: C })[];
  /** Reports the result of a job at a fidelity, which is the job's `until` by default. */
  tell(job: JobId, result: Result, fidelity?: number): void;
  /**
   * Makes the next trial use these values. The strategy chooses the values that are left out. Bayesian optimisation, TPE and BOHB choose
   * them knowing the given ones. The other strategies put the given values over their own proposal.
   *
   * @throws ConfigError for values that are not in the space, or that no other values complete.
   */
  enqueue(config: Partial<C>): void;
  /**
   * Adds a trial from outside this study: its result, at the highest fidelity by default, or an `Observation`. It counts towards no budget,
   * and strategies see it as they see their own trials. Returns null, or the id of the job that stands for a trial that still runs. Such a
   * trial is pending until you `tell` its job.
   */
  observe(config: C, trial: Result | Observation, fidelity?: number): JobId | null;
  /**
   * The checkpoint of the highest fidelity that a trial has reached, such as the model of the best trial. null if there is none, or if it
   * was given up.
   */
  checkpoint(trial: TrialId): M | null;
  /** The trials that no other trial beats. With one objective, the trial with the best value. Empty before a trial has finished. */
  best(): readonly Best<C>[];
};

/** Makes the ask-and-tell study under a study. It passes each new event to `onEvent`. */
export type StartStudy = (definition: StudyDefinition, onEvent: (event: Event) => void) => CoreStudy;

/** How a study optimises: its `optimize`, as a function of the study. */
export type Optimizer<C, M, O> = (parts: StudyParts<M>, objective: ObjectiveFunction<C, M>, options: O) => Promise<Best<C>>;

/**
 * A study whose strategy `strategyOf` makes of what was chosen for it: by a card in `studyByCard.ts`, by a name too in `studyByName.ts`.
 *
 * @throws SpaceError, ConfigError for a space or an option that cannot be served; JournalError where `events` do not replay; and what
 * `strategyOf` throws.
 */
export function studyOver<const S extends Shape, Chosen, M, O>(
  given: StudySettings<S, M> & { readonly strategy?: Chosen },
  strategyOf: (chosen: Chosen | undefined, problem: Problem) => Strategy,
  optimizer: Optimizer<ConfigOf<S>, M, O>,
  start?: StartStudy,
): Study<ConfigOf<S>, M, O> {
  type C = ConfigOf<S>;
  const options = readStudyOptions(given as StudySettings<Shape>) as typeof given;
  const problem = problemOf(options);
  const definition = { problem, strategy: strategyOf(options.strategy, problem), seed: options.seed ?? 0 };
  const keeper = keeperOf(options.checkpoints ?? new Map<string, M>());
  const onEvent = (event: Event): void => {
    options.onEvent?.(event);
    keeper.heed(event, core.history);
  };
  const core: CoreStudy = start === undefined ? replay(definition, options.events ?? [], onEvent) : start(definition, onEvent);
  const parts = { core, keeper, onNotice: onceEach(options.onNotice) };
  return {
    core,
    optimize: (objective, options) => optimizer(parts, objective, options),
    ask: (options) => core.ask(options).jobs as readonly (Job & { readonly config: C })[],
    tell: (job, result, fidelity) => {
      core.tell(job, { ...toldBy(result), fidelity } as Told);
    },
    enqueue: (config) => core.enqueue(config as Config),
    observe: (config, trial, fidelity) => core.observe(config as Config, observedBy(trial, fidelity)),
    checkpoint: (trial) => keeper.last(trial, core.history),
    best: () => bestOf(core),
  };
}
