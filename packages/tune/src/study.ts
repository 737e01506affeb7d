/**
 * The friendly face of a study: configurations typed by the space, one call to optimise. Everything beneath is the ask-and-tell study of
 * @caviar-hpo/core, which stays reachable as `core`. All values are as the user measured them, in both.
 */
import {
  type AskOptions,
  bestTrials,
  type Clock,
  type Config,
  ConfigError,
  type ConfigOf,
  type Study as CoreStudy,
  createSpace,
  type DriveEnd,
  drive,
  type Evaluated,
  type Event,
  type Fidelity,
  isPromise,
  type Job,
  type JobId,
  type Objective,
  type OnNotice,
  type Problem,
  ProtocolError,
  replay,
  type Shape,
  type Signal,
  StateError,
  type Strategy,
  startStudy,
  type Told,
  type Trial,
  type TrialId,
  type Workbench,
} from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { nearest, show } from "@caviar-hpo/core/text";
import { type Checkpoints, keeperOf } from "./checkpoints.ts";
import { checkpointDropped, checkpointMissing } from "./notices.ts";

/** Everything about a study but its strategy. */
export type StudySettings<S extends Shape, M = unknown> = {
  readonly space: S;
  /** For one objective; `objectives` names several. Minimise by default. */
  readonly goal?: "minimize" | "maximize";
  /** By default one objective with the name `value`, and with `goal`. */
  readonly objectives?: readonly Objective[];
  /** Names of what must be at most 0; none by default. */
  readonly constraints?: readonly string[];
  /** How far a trial can be trained; strategies such as `hyperband` decide how far it is. By default each trial is trained once. */
  readonly fidelity?: Fidelity;
  /** Whether a trial that has paused can go on from a checkpoint; true by default where `checkpoints` are given. */
  readonly resumable?: boolean;
  /**
   * Where `save` puts checkpoints, and `load` finds them: a `Map` will do, and is the default. One that outlives the process lets a
   * replayed study go on from them.
   */
  readonly checkpoints?: Checkpoints<M>;
  /** 0 by default: the same program gives the same study. */
  readonly seed?: string | number;
  /**
   * The log of an earlier run: it is replayed and verified, and the study continues. A log that Caviar 0.1 wrote of a problem to maximise
   * has to pass through `upgradeLog` of @caviar-hpo/core before: it holds the negatives of the values. None by default.
   */
  readonly events?: readonly Event[];
  /** Called with each new event; append it to a log to be able to go on after a crash. */
  readonly onEvent?: (event: Event) => void;
  /**
   * Called once in the life of the study for each thing that its user should know although nothing failed, for instance that a synchronous
   * objective cannot time out. Notices are stored in no log and decide nothing.
   */
  readonly onNotice?: OnNotice;
};

/** What an objective reports: one value, or everything it measured. */
export type Result =
  | number
  | { readonly value: number; readonly constraints?: readonly number[]; readonly variance?: number; readonly costSeconds?: number }
  | {
      readonly values: readonly number[];
      readonly constraints?: readonly number[];
      readonly variance?: readonly number[];
      readonly costSeconds?: number;
    };

/** What an objective is given. */
export type Assignment<C, M = unknown> = {
  readonly config: C;
  readonly trial: TrialId;
  /** The fidelity to train up to; 1 where the problem has none. */
  readonly until: number;
  /** Ascending fidelities at which a measurement decides something, the last one is `until`. */
  readonly milestones: readonly number[];
  /** The trial and fidelity to go on from; null means from scratch. */
  readonly from: Job["from"];
  readonly signal: Signal;
  /** What was saved at `from`. Null means train from scratch: a new trial, or one whose checkpoint is gone. */
  load(): M | null;
  /**
   * Keeps a checkpoint of a fidelity, `until` by default; save it before it is measured, as that may end the work. What is given is kept
   * as it is: it must not change afterwards, as more than one trial may go on from it. Does nothing where the problem is not resumable.
   */
  save(checkpoint: M, fidelity?: number): void;
  /** Reports a fidelity below `until`; false when the trial has been stopped and the work can end. */
  measure(result: Result, fidelity: number): boolean;
};

/** A result for the end of the assignment; or that this configuration cannot be measured. Throwing fails the trial alone. */
export type ObjectiveFunction<C, M = unknown> = (
  assignment: Assignment<C, M>,
) => Result | { readonly infeasible: true } | Promise<Result | { readonly infeasible: true }>;

export type OptimizeOptions = {
  /**
   * Trials of the whole study, earlier ones included. When they are spent, those that a multi-fidelity strategy has begun go on as far as
   * they deserve, out of rungs that are half full too.
   */
  readonly trials: number;
  /** Trials that are evaluated at the same time, at least 1; 1 by default. */
  readonly workers?: number;
  /** Seconds of `clock` after which a job has failed, above 0; no limit by default. */
  readonly timeoutSeconds?: number;
  /** Measures `timeoutSeconds`, which need one; by default a clock that stands still. */
  readonly clock?: Clock;
  /** Ends the work early; none by default. */
  readonly signal?: Signal;
  /** Called after each report that ended its trial, or paused it. */
  readonly onTrial?: (trial: Trial) => void;
  /** Called instead of the study's `onNotice`, once in this call for each thing. */
  readonly onNotice?: OnNotice;
};

/** A best trial; `value` is `values[0]`. */
export type Best<C> = { readonly trial: TrialId; readonly config: C; readonly value: number; readonly values: readonly number[] };

export type Study<C, M = unknown> = {
  readonly core: CoreStudy;
  /**
   * Runs trials until the budget is spent or the strategy is done; the best of all so far. Rejects with StateError where none succeeded.
   */
  optimize(objective: ObjectiveFunction<C, M>, options: OptimizeOptions): Promise<Best<C>>;
  /** Asks for up to `want` jobs (1 by default), to be evaluated by hand and told. */
  ask(options?: AskOptions): readonly (Job & { readonly config: C })[];
  tell(job: JobId, result: Result, fidelity?: number): void;
  /** The next trial will use this configuration. */
  enqueue(config: C): void;
  /** A result from elsewhere. */
  observe(config: C, result: Result): void;
  /** The checkpoint of the furthest that a trial has come, such as the best one's model; null where there is none, or it was given up. */
  checkpoint(trial: TrialId): M | null;
  /** Trials that no other beats; one objective: the best value's. Empty before anything finished. */
  best(): readonly Best<C>[];
};

/**
 * A study whose strategy `strategyOf` makes of what was chosen for it: by a card in `studyByCard.ts`, by a name too in `studyByName.ts`.
 *
 * @throws SpaceError, ConfigError for a space or an option that cannot be served; JournalError where `events` do not replay; and what
 * `strategyOf` throws.
 */
export function studyOver<const S extends Shape, Chosen, M = unknown>(
  options: StudySettings<S, M> & { readonly strategy?: Chosen },
  strategyOf: (chosen: Chosen | undefined, problem: Problem) => Strategy,
): Study<ConfigOf<S>, M> {
  type C = ConfigOf<S>;
  checkNames("createStudy", options, studyOptions);
  const problem = problemOf(options);
  const definition = { problem, strategy: strategyOf(options.strategy, problem), seed: options.seed ?? 0 };
  const keeper = keeperOf(options.checkpoints ?? new Map<string, M>());
  const onEvent = (event: Event): void => {
    options.onEvent?.(event);
    keeper.heed(event, core.history);
  };
  const core: CoreStudy = options.events === undefined ? startStudy(definition, onEvent) : replay(definition, options.events, onEvent);
  const onStudyNotice = onceEach(options.onNotice ?? (() => {}));
  const best = (): readonly Best<C>[] =>
    bestTrials(problem, core.history).map((trial) => {
      const { values } = trial.curve.at(-1)!;
      return { trial: trial.id, config: trial.config as C, value: values[0]!, values };
    });

  const optimize: Study<C, M>["optimize"] = async (objective, options) => {
    checkNames("optimize", options, optimizeOptions);
    checkObjective(objective);
    checkTrials(options.trials);
    const { onTrial = () => {}, onNotice: given, ...limits } = options;
    const onNotice = given === undefined ? onStudyNotice : onceEach(given);
    let firstThrown: unknown = null;
    const evaluate = (job: Job, { signal, measure }: Workbench): Evaluated | Promise<Evaluated> => {
      /** Up to here the training is repeated, as its checkpoint is gone. */
      let repeated = 0;
      const result = objective({
        config: job.config as C,
        trial: job.trial,
        until: job.until,
        milestones: job.milestones,
        from: job.from,
        signal,
        load: () => {
          const checkpoint = keeper.load(job.from);
          repeated = checkpoint === null ? (job.from?.fidelity ?? 0) : 0;
          if (checkpoint === null && job.from !== null) onNotice(checkpointMissing(job.from));
          return checkpoint;
        },
        save: (checkpoint, fidelity = job.until) => {
          if (!problem.resumable) onNotice(checkpointDropped);
          else if (!signal.aborted) keeper.save(job.trial, fidelity, checkpoint);
        },
        measure: (partial, fidelity) => (fidelity <= repeated ? !signal.aborted : measure({ ...toldOf(partial), fidelity })),
      });
      return isPromise(result) ? Promise.resolve(result).then(evaluatedOf) : evaluatedOf(result);
    };
    const end = await drive(core, evaluate, {
      ...limits,
      finish: true,
      onNotice,
      onReport: (job, _heard, thrown) => {
        firstThrown ??= thrown;
        const trial = core.history.trials[job.trial]!;
        if (trial.status !== "running") onTrial(trial);
      },
    });
    const found = best()[0];
    if (found !== undefined) return found;
    throw new StateError({
      code: "nothingSucceeded",
      what: "study",
      expected: "at least one feasible trial",
      got: `${core.history.trials.length} trials, none of them`,
      remedy: remedyFor(end, firstThrown),
    });
  };

  return {
    core,
    optimize,
    ask: (options) => core.ask(options).jobs as readonly (Job & { readonly config: C })[],
    tell: (job, result, fidelity) => {
      core.tell(job, { ...toldOf(result), ...(fidelity === undefined ? {} : { fidelity }) });
    },
    enqueue: (config) => core.enqueue(config as Config),
    observe: (config, result) => core.observe(config as Config, toldOf(result)),
    checkpoint: (trial) => keeper.last(trial, core.history),
    best,
  };
}

const studyOptions: Record<keyof StudySettings<Shape> | "strategy", true> = {
  space: true,
  goal: true,
  objectives: true,
  constraints: true,
  fidelity: true,
  resumable: true,
  checkpoints: true,
  seed: true,
  strategy: true,
  events: true,
  onEvent: true,
  onNotice: true,
};
const optimizeOptions: Record<keyof OptimizeOptions, true> = {
  trials: true,
  workers: true,
  timeoutSeconds: true,
  clock: true,
  signal: true,
  onTrial: true,
  onNotice: true,
};

/** A misspelt option would be left out silently. */
function checkNames(what: string, given: unknown, known: object): void {
  const names = Object.keys(known);
  if (typeof given !== "object" || given === null) {
    throw new ConfigError({
      code: "badOption",
      what: `options of ${what}`,
      expected: `an object with some of ${names.join(", ")}`,
      got: show(given),
      remedy: `Pass { ${names[0]}: … }.`,
    });
  }
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ConfigError({
    code: "unknownOption",
    what: `option of ${what}`,
    expected: `one of ${names.join(", ")}`,
    got: show(unknown),
    remedy: `Did you mean ${show(nearest(unknown, names))}?`,
  });
}

/** Else it would fail once a trial, and say so at the end. */
function checkObjective(objective: unknown): void {
  if (typeof objective === "function") return;
  throw new ConfigError({
    code: "badObjective",
    what: "objective of optimize",
    expected: "a function of { config, … }",
    got: show(objective),
    remedy: "Pass the function first, the options second.",
  });
}

/** Without a number of trials most strategies would never end. */
function checkTrials(trials: number): void {
  if (Number.isInteger(trials) && trials >= 1) return;
  throw new ConfigError({
    code: "badOption",
    what: "option trials of optimize",
    expected: "a whole number from 1",
    got: show(trials),
    remedy: "Say how many configurations may be tried.",
  });
}

/** What to do about a study without a best trial. */
function remedyFor(end: DriveEnd, thrown: unknown): string {
  if (thrown !== null) return `The objective threw: ${thrown instanceof Error ? thrown.message : show(thrown)}`;
  if (end === "aborted") return "It was aborted; call optimize again to go on.";
  return "Let the objective return finite numbers, in time, and constraints of at most 0.";
}

function evaluatedOf(result: Result | { readonly infeasible: true }): Evaluated {
  if (typeof result === "object" && result !== null && "infeasible" in result && result.infeasible) return result;
  return toldOf(result as Result);
}

function toldOf(result: Result): Told {
  if (typeof result === "number") return { values: [result] };
  checkResult(result);
  const { constraints, costSeconds } = result;
  const values = "value" in result ? [result.value] : result.values;
  const variance = typeof result.variance === "number" ? [result.variance] : result.variance;
  return {
    values,
    ...(constraints === undefined ? {} : { constraints }),
    ...(variance === undefined ? {} : { variance }),
    ...(costSeconds === undefined ? {} : { costSeconds }),
  };
}

/** What is no result at all; the study judges the numbers in it. */
function checkResult(result: Exclude<Result, number>): void {
  if (typeof result === "object" && result !== null && ("value" in result || Array.isArray(result.values))) return;
  throw new ProtocolError({
    code: "badMeasurement",
    what: "result of the objective",
    expected: "a number, { value } or { values }",
    got: show(result),
    remedy: "Return what is to be minimised or maximised.",
  });
}

function problemOf({ space, goal, objectives, constraints = [], fidelity, checkpoints, resumable }: StudySettings<Shape>): Problem {
  if (goal !== undefined && objectives !== undefined) {
    throw new ConfigError({
      code: "badGoal",
      what: "study",
      expected: "goal or objectives",
      got: "both",
      remedy: "Say the goal of each in objectives.",
    });
  }
  return {
    space: createSpace(space),
    objectives: objectives ?? [{ name: "value", goal: goal ?? "minimize" }],
    constraints,
    fidelity: fidelity ?? null,
    resumable: resumable ?? checkpoints !== undefined,
  };
}
