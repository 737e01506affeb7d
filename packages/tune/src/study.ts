/**
 * The study that most users need: configurations have the types of the space, and one call optimises. It is built on the ask-and-tell study
 * of
 * @caviar-hpo/core, which is available as `core`. All values are as the user measured them, in both.
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
  type FailureReason,
  type GivenFidelity,
  isPromise,
  isSpace,
  type Job,
  type JobId,
  type Objective,
  type ObservedTrial,
  type OnNotice,
  type Problem,
  ProtocolError,
  replay,
  type Shape,
  type Signal,
  type Space,
  StateError,
  type Strategy,
  type StudyDefinition,
  type Told,
  type Trial,
  type TrialId,
  type Workbench,
} from "@caviar-hpo/core";
import { onceEach, readProblem, settleFidelity } from "@caviar-hpo/core/contract";
import { anything, array, boolean, func, number, oneOf, optionReader, picker, reject, withMethods } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { type Checkpoints, keeperOf } from "./checkpoints.ts";
import { failureSummary } from "./failures.ts";
import { checkpointDropped, checkpointMissing } from "./notices.ts";

/** Everything about a study but its strategy. */
export type StudySettings<S extends Shape, M = unknown> = {
  /** Parameters by name; or a space, for instance one that `constrain` has made. */
  readonly space: S | Space;
  /** For one objective; `objectives` names several. Minimise by default. */
  readonly goal?: "minimize" | "maximize";
  /** By default one objective with the name `value`, and with `goal`. */
  readonly objectives?: readonly Objective[];
  /** Names of what must be at most 0; none by default. */
  readonly constraints?: readonly string[];
  /** How far a trial can be trained. Strategies such as `hyperband` decide how far it is. By default each trial is trained once. */
  readonly fidelity?: GivenFidelity;
  /** Whether a paused trial can continue from a checkpoint. Default: true if `checkpoints` are given, otherwise false. */
  readonly resumable?: boolean;
  /**
   * Where `save` puts checkpoints, and `load` finds them: a `Map` will do, and is the default. One that outlives the process lets a
   * replayed study continue from them.
   */
  readonly checkpoints?: Checkpoints<M>;
  /** 0 by default: the same program gives the same study. */
  readonly seed?: string | number;
  /**
   * The log of an earlier run: it is replayed and verified, and the study continues. A log that Caviar 0.1 wrote of a problem to maximise
   * has to pass through `upgradeLog` of @caviar-hpo/core before: it holds the negatives of the values. None by default.
   */
  readonly events?: readonly Event[];
  /** Called with each new event. Append the event to a log, so that the study can continue after a crash. */
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

/** A result and the fidelity at which it was measured. */
export type ResultAt = Exclude<Result, number> & { readonly fidelity: number };

/** A trial from elsewhere that has several measurements, or that has failed, or that still runs. */
export type Observation =
  | { readonly status?: "finished"; readonly measurements: readonly ResultAt[] }
  | {
      readonly status: "failed";
      /** "threw" by default. */
      readonly reason?: FailureReason;
      readonly error?: string;
      /** None by default. */
      readonly measurements?: readonly ResultAt[];
    }
  | {
      readonly status: "running";
      /** The fidelity at which it will finish; the highest one by default. */
      readonly until?: number;
      /** None by default. */
      readonly measurements?: readonly ResultAt[];
    };

/** The argument of an objective. */
export type Assignment<C, M = unknown> = {
  readonly config: C;
  readonly trial: TrialId;
  /** The fidelity to train up to. 1 if the problem has no fidelity. */
  readonly until: number;
  /** Ascending fidelities at which a measurement may decide whether training continues. The last one is `until`. */
  readonly milestones: readonly number[];
  /** The trial and the fidelity from which the job continues; null if it starts from scratch. */
  readonly from: Job["from"];
  readonly signal: Signal;
  /** The checkpoint that was saved at `from`. null means to train from scratch: the trial is new, or its checkpoint is gone. */
  load(): M | null;
  /**
   * Saves a checkpoint of a fidelity, `until` by default. Save before you measure, because a measurement may end the work. The study keeps
   * the object itself. Do not change it afterwards, because several trials may continue from it. Has no effect if the problem is not
   * resumable.
   */
  save(checkpoint: M, fidelity?: number): void;
  /** Reports a measurement at a fidelity below `until`. It returns false if the trial has been stopped, and then the work can end. */
  measure(result: Result, fidelity: number): boolean;
};

/**
 * Evaluates an assignment. It returns the result at `until`, or `{ infeasible: true }` for a configuration that cannot be measured. If it
 * throws, only this trial fails.
 */
export type ObjectiveFunction<C, M = unknown> = (
  assignment: Assignment<C, M>,
) => Result | { readonly infeasible: true } | Promise<Result | { readonly infeasible: true }>;

/** What `optimize` may spend, and how. */
export type OptimizeOptions = {
  /**
   * How many trials the study starts in all. Trials of earlier calls count, and so do enqueued and failed ones. Observed ones do not. When
   * all are started, a multi-fidelity strategy still trains its best trials further, also from rungs that are not full.
   */
  readonly trials: number;
  /** How many trials are evaluated at the same time, at least 1; 1 by default. */
  readonly workers?: number;
  /** A job fails after this many seconds of `clock`. Above 0; no limit by default. */
  readonly timeoutSeconds?: number;
  /** The clock that measures `timeoutSeconds`; a time limit needs one. By default a clock that stands still. */
  readonly clock?: Clock;
  /**
   * After so many failures in a row, while no trial of the study has measured anything, `optimize` stops and rejects with what was thrown.
   * A configuration that is called infeasible is no failure here. At least 1, and 10 by default; null never stops.
   */
  readonly maxConsecutiveFailures?: number | null;
  /** Ends the work early; none by default. It is heard between trials, also if the objective blocks the thread. */
  readonly signal?: Signal;
  /** Called after each report that ended its trial, or paused it. `failure` of a failed trial says what was thrown. */
  readonly onTrial?: (trial: Trial) => void;
  /** Called instead of the study's `onNotice`, once per call of `optimize` for each notice. */
  readonly onNotice?: OnNotice;
};

/** A best trial; `value` is `values[0]`. */
export type Best<C> = { readonly trial: TrialId; readonly config: C; readonly value: number; readonly values: readonly number[] };

/** A study whose configurations have the type C, and whose checkpoints have the type M. */
export type Study<C, M = unknown> = {
  /** The ask-and-tell study of @caviar-hpo/core. */
  readonly core: CoreStudy;
  /**
   * Runs trials until the budget is spent or the strategy is done. Resolves to the best trial of the study so far. Rejects with StateError
   * if no trial has succeeded.
   */
  optimize(objective: ObjectiveFunction<C, M>, options: OptimizeOptions): Promise<Best<C>>;
  /** Asks for up to `want` jobs (1 by default). You evaluate them yourself and tell the results. */
  ask(options?: AskOptions): readonly (Job & { readonly config: C })[];
  /** Reports the result of a job at a fidelity, which is the job's `until` by default. */
  tell(job: JobId, result: Result, fidelity?: number): void;
  /**
   * Makes the next trial use these values. The strategy chooses the values that are left out. TPE and BOHB choose them knowing the given
   * ones. The other strategies put the given values over their own proposal.
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

/**
 * A study whose strategy `strategyOf` makes of what was chosen for it: by a card in `studyByCard.ts`, by a name too in `studyByName.ts`.
 *
 * @throws SpaceError, ConfigError for a space or an option that cannot be served; JournalError where `events` do not replay; and what
 * `strategyOf` throws.
 */
export function studyOver<const S extends Shape, Chosen, M = unknown>(
  given: StudySettings<S, M> & { readonly strategy?: Chosen },
  strategyOf: (chosen: Chosen | undefined, problem: Problem) => Strategy,
  start?: StartStudy,
): Study<ConfigOf<S>, M> {
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
  const onStudyNotice = onceEach(options.onNotice ?? (() => {}));
  const best = (): readonly Best<C>[] =>
    bestTrials(problem, core.history).map((trial) => {
      const { values } = trial.curve.at(-1)!;
      return { trial: trial.id, config: trial.config as C, value: values[0]!, values };
    });

  const optimize: Study<C, M>["optimize"] = async (objective, asked) => {
    const options = readOptimizeOptions(asked);
    checkObjective(objective);
    checkTrials(options.trials);
    const { onTrial = () => {}, onNotice: given, ...limits } = options;
    const onNotice = given === undefined ? onStudyNotice : onceEach(given);
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
          else if (!signal.aborted) keeper.save(job.trial, settleFidelity(problem, fidelity, job.milestones), checkpoint);
        },
        measure: (partial, fidelity) =>
          settleFidelity(problem, fidelity, [repeated]) <= repeated ? !signal.aborted : measure({ ...toldOf(partial), fidelity }),
      });
      return isPromise(result) ? Promise.resolve(result).then(evaluatedOf) : evaluatedOf(result);
    };
    const end = await drive(core, evaluate, {
      maxConsecutiveFailures: 10,
      ...limits,
      finish: true,
      onNotice,
      onReport: (job) => {
        const trial = core.history.trials[job.trial]!;
        if (trial.status !== "running") onTrial(trial);
      },
    });
    const found = best()[0];
    if (found !== undefined) return found;
    throw nothingSucceeded(end, core.history.trials);
  };

  return {
    core,
    optimize,
    ask: (options) => core.ask(options).jobs as readonly (Job & { readonly config: C })[],
    tell: (job, result, fidelity) => {
      core.tell(job, { ...toldOf(result), fidelity } as Told);
    },
    enqueue: (config) => core.enqueue(config as Config),
    observe: (config, trial, fidelity) => core.observe(config as Config, observedOf(trial, fidelity)),
    checkpoint: (trial) => keeper.last(trial, core.history),
    best,
  };
}

const readStudyOptions = optionReader<StudySettings<Shape> & { readonly strategy?: unknown }>("createStudy", {
  space: anything,
  goal: oneOf("minimize", "maximize"),
  objectives: anything,
  constraints: anything,
  fidelity: anything,
  resumable: boolean,
  checkpoints: withMethods("get", "set", "delete"),
  seed: anything,
  strategy: anything,
  events: anything,
  onEvent: func,
  onNotice: func,
});
const readOptimizeOptions = optionReader<OptimizeOptions>("optimize", {
  trials: anything,
  workers: anything,
  timeoutSeconds: anything,
  maxConsecutiveFailures: anything,
  clock: withMethods("nowMs", "after"),
  signal: withMethods("addEventListener", "removeEventListener"),
  onTrial: func,
  onNotice: func,
});

/** Else it would fail once a trial, and say so at the end. */
function checkObjective(objective: unknown): void {
  if (typeof objective === "function") return;
  throw new ConfigError({
    code: "badObjective",
    what: "objective of optimize",
    expected: "a function of { config, … }",
    got: show(objective),
    remedy: "Pass the function first.",
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
    remedy: "Say how many trials may start.",
  });
}

/** The error of a study without a best trial: what failed, and what to do about it. */
function nothingSucceeded(end: DriveEnd, trials: readonly Trial[]): StateError {
  const advice = {
    aborted: "Call optimize again to continue.",
    failing: "Correct the objective, or pass maxConsecutiveFailures: null.",
    done: "Return finite numbers in time, and constraints of at most 0.",
  };
  return new StateError({
    code: "nothingSucceeded",
    what: "study",
    expected: "at least one feasible trial",
    got: `${trials.length} trials, none of them`,
    remedy: `${failureSummary(trials)} ${advice[end === "trials" ? "done" : end]}`.trimStart(),
  });
}

type GivenResult = {
  readonly value?: number;
  readonly values?: readonly number[];
  readonly constraints?: readonly number[];
  readonly variance?: number | readonly number[];
  readonly costSeconds?: number;
  readonly infeasible?: boolean;
};

function evaluatedOf(result: Result | { readonly infeasible: true }): Evaluated {
  if (typeof result === "number") return { values: [result] };
  const read = readResult(result);
  return read.infeasible === true ? { infeasible: true } : toldIn(read);
}

function toldOf(result: Result): Told {
  return typeof result === "number" ? { values: [result] } : toldIn(readResult(result));
}

type GivenObservation = GivenResult & {
  readonly status?: unknown;
  readonly measurements?: unknown;
  readonly reason?: unknown;
  readonly error?: unknown;
  readonly until?: unknown;
};
const pickObservation = picker(
  ({ value, values, constraints, variance, costSeconds, status, measurements, reason, error, until }: GivenObservation) =>
    ({ value, values, constraints, variance, costSeconds, status, measurements, reason, error, until }) as GivenObservation,
);
const pickResultAt = picker(
  ({ value, values, constraints, variance, costSeconds, fidelity }: GivenResult & { readonly fidelity?: number }) =>
    ({ value, values, constraints, variance, costSeconds, fidelity }) as GivenResult & { readonly fidelity?: number },
);
const trialElsewhere = "observed trial";

/** A result, or an observation with a result at each fidelity. The study judges the rest. */
function observedOf(trial: Result | Observation, fidelity: number | undefined): Told | ObservedTrial {
  if (typeof trial === "number") return { values: [trial], fidelity } as Told;
  const { status, measurements, reason, error, until, ...result } = pickObservation(trial as GivenObservation, trialElsewhere);
  if (status === undefined && measurements === undefined) return { ...toldIn(result), fidelity } as Told;
  if ((result.value ?? result.values ?? fidelity) !== undefined) reject(trialElsewhere, "a result, or a status with measurements", "both");
  const list = measurements === undefined ? [] : array(anything, Infinity)(measurements, `measurements of ${trialElsewhere}`);
  const read = list.map((one) => {
    const { fidelity: reached, ...measured } = pickResultAt(one as GivenResult, `measurement of ${trialElsewhere}`);
    return { ...toldIn(measured), fidelity: number(reached, `fidelity of a measurement of ${trialElsewhere}`) };
  });
  return { status, reason, error, until, measurements: read } as ObservedTrial;
}

/** The study judges the numbers. */
function toldIn({ value, values, constraints, variance, costSeconds }: GivenResult): Told {
  if (value === undefined && !Array.isArray(values)) {
    return refuseResult(values === undefined ? "neither" : `values: ${show(values)}`);
  }
  if (value !== undefined && values !== undefined) return refuseResult("both");
  return {
    values: value === undefined ? values! : [value],
    constraints,
    variance: typeof variance === "number" ? [variance] : variance,
    ...(costSeconds === undefined ? {} : { costSeconds }),
  } as Told;
}

const pickResult = picker(
  ({ value, values, constraints, variance, costSeconds, infeasible }: GivenResult) =>
    ({ value, values, constraints, variance, costSeconds, infeasible }) as GivenResult,
);

/** @throws ProtocolError for a misspelt key, which would be left out silently, and for what is no result at all. */
function readResult(result: unknown): GivenResult {
  if (typeof result !== "object" || result === null || Array.isArray(result)) return refuseResult(show(result));
  return pickResult(result as GivenResult, "result of the objective");
}

function refuseResult(got: string): never {
  throw new ProtocolError({
    code: "badMeasurement",
    what: "result of the objective",
    expected: "a number, { value } or { values }",
    got,
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
      remedy: "Say each goal in objectives.",
    });
  }
  return readProblem({
    space: isSpace(space) ? space : createSpace(space),
    objectives: objectives ?? [{ name: "value", goal: goal ?? "minimize" }],
    constraints,
    fidelity: fidelity ?? null,
    resumable: resumable ?? checkpoints !== undefined,
  });
}
