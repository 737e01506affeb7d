/**
 * The trainings of one study, from which its objective is made. Paused trials are kept as checkpoints, bytes by trial, and continue from
 * there. A checkpoint may be missing, because of a restart or because the strategy has given it up. Then training starts from scratch and
 * reaches the same bits.
 */
import {
  type Config,
  type ConfigOf,
  checkConfig,
  derive,
  type Evaluate,
  type Evaluated,
  type Event,
  type Job,
  type Key,
  root,
  type Shape,
  type Signal,
  type TrialId,
} from "@caviar-hpo/core";
import { anything, func, optionReader } from "@caviar-hpo/core/read";
import { type Task, textOf } from "./task.ts";
import { finish, forget, keep, noteJob, restore, type TrialMemory, trainingOf } from "./trialMemory.ts";

export type TaskRunOptions = {
  /** Names the run. With another key, a configuration has other initial weights and another order of examples. `root(0)` by default. */
  readonly key?: Key;
  /**
   * Awaited before each epoch, so that other work on this thread gets a turn: timers, a page, a signal. In Node, pass `() => new
   * Promise(setImmediate)`; in a browser, pass a macrotask. By default only other promises get a turn.
   */
  readonly turn?: () => Promise<unknown>;
};

/** The trainings of one study. */
export type TaskRun<S extends Shape = Shape> = {
  /** For `drive` of a core study: measures after every epoch, and checks the signal between epochs. */
  readonly evaluate: Evaluate;
  /** For `createStudy(...).optimize` of @caviar-hpo/tune: does what `evaluate` does. */
  readonly objective: (assignment: TaskAssignment<ConfigOf<S>>) => Promise<number | { readonly infeasible: true }>;
  /** For `simulate`: trains at once, without measurements in between, and returns what a job measures at a fidelity. */
  readonly measure: (job: TaskJob, fidelity: number) => Evaluated;
  /**
   * The metric of the configuration on the test rows after the longest training. It trains the configuration if that has not happened yet.
   * null if training diverges.
   */
  readonly score: (config: ConfigOf<S>) => number | null;
  /**
   * Takes an event of the study, and drops the checkpoints that the strategy gives up. This is optional, with one exception. After a
   * restart of a strategy that clones trials, pass it the log. Otherwise it takes each unknown trial for a trial that starts from scratch.
   */
  readonly hear: (event: Event) => void;
  /** Takes a job without training it. Call it for a job whose measurement comes from elsewhere, so that `measure` never sees the job. */
  readonly note: (job: TaskJob) => void;
  /** How many trials are kept as checkpoints. */
  readonly waiting: number;
};

/** The part of a job that a run needs. */
export type TaskJob = Pick<Job, "trial" | "config" | "from">;

/** The part of `optimize`'s argument to an objective that a run needs. */
export type TaskAssignment<C> = {
  readonly config: C;
  readonly trial: TrialId;
  readonly until: number;
  readonly from: Job["from"];
  readonly signal: Signal;
  measure(result: number, fidelity: number): boolean;
};

/**
 * Opens a run of a task. Two runs share nothing, and two runs with the same key measure the same values.
 *
 * @throws ConfigError for an unknown option.
 */
export function openRun<S extends Shape>(task: Task<S>, options: TaskRunOptions = {}): TaskRun<S> {
  const { key = root(0), turn = () => Promise.resolve() } = readRunOptions(options);
  const memory: TrialMemory<S> = {
    task,
    key: derive(key, "run"),
    starts: new Map(),
    checkpoints: new Map(),
    discarded: new Set(),
    scores: new Map(),
    live: null,
  };
  return {
    evaluate: async (job, { signal, measure }) => {
      const report = (value: number, fidelity: number): boolean => measure({ values: [value], fidelity });
      return evaluated(await train(memory, job, { turn, signal, report }));
    },
    objective: async (assignment) => {
      const job = { ...assignment, config: assignment.config as Config };
      const report = (value: number, fidelity: number): boolean => assignment.measure(value, fidelity);
      return (await train(memory, job, { turn, signal: assignment.signal, report })) ?? infeasible;
    },
    measure: (job, fidelity) => evaluated(measureAt(memory, job, fidelity)),
    score: (config) => scoreOf(memory, config),
    hear: (event) => hear(memory, event),
    note: (job) => noteJob(memory, job),
    get waiting() {
      return memory.checkpoints.size;
    },
  };
}

/** `report` tells of the value after an epoch, and returns whether to continue. */
type TrainingControl = {
  readonly turn: () => Promise<unknown>;
  readonly signal: Signal;
  readonly report: (value: number, epochs: number) => boolean;
};

/** Trains a job epoch by epoch. The value where it ended; null where there is none. */
async function train<S extends Shape>(
  memory: TrialMemory<S>,
  job: TaskJob & { readonly until: number },
  { turn, signal, report }: TrainingControl,
): Promise<number | null> {
  const { trial, until } = job;
  noteJob(memory, job);
  const start = job.from?.fidelity ?? 0;
  const training = restore(memory, trial, start);
  let value: number | null = null;
  for (let epochs = training.trainer.epochs + 1; epochs <= until; epochs++) {
    await turn();
    if (signal.aborted) break;
    if (!training.advance(epochs)) break;
    if (epochs <= start) continue;
    value = training.validate();
    if (value === null || (epochs < until && !report(value, epochs))) break;
  }
  if (training.trainer.diverged !== null) value = null;
  keep(memory, trial, training);
  if (training.trainer.epochs === memory.task.fidelity.max && value !== null) finish(memory, trial, training);
  return value;
}

/** Trains a job to a fidelity at once. The training stays in memory, since the next call is often for the same trial. */
function measureAt<S extends Shape>(memory: TrialMemory<S>, job: TaskJob, fidelity: number): number | null {
  noteJob(memory, job);
  const { trial } = job;
  const { live } = memory;
  const { max } = memory.task.fidelity;
  if (live !== null && live.trial !== trial) keep(memory, live.trial, live.training);
  const training = live?.trial === trial && live.training.trainer.epochs <= fidelity ? live.training : restore(memory, trial, fidelity);
  training.advance(fidelity);
  const value = training.validate();
  if (value === null || fidelity === max) forget(memory, trial);
  else memory.live = { trial, training };
  if (fidelity === max && value !== null) finish(memory, trial, training);
  return value;
}

function scoreOf<S extends Shape>(memory: TrialMemory<S>, unchecked: ConfigOf<S>): number | null {
  const { task, scores } = memory;
  const config = checkConfig(task.problem.space, unchecked);
  const text = textOf(config);
  if (!scores.has(text)) {
    const training = trainingOf(memory, config);
    training.advance(task.fidelity.max);
    scores.set(text, training.test());
  }
  return scores.get(text)!;
}

function hear<S extends Shape>(memory: TrialMemory<S>, event: Event): void {
  if (event.kind === "asked") for (const job of event.jobs) noteJob(memory, job);
  for (const directive of "directives" in event ? event.directives : []) {
    if (directive.kind !== "discard") continue;
    memory.discarded.add(directive.trial);
    forget(memory, directive.trial);
  }
}

const infeasible = { infeasible: true } as const;

/** A study ignores the value of a job that it stopped, so that a job without a value may count as infeasible. */
function evaluated(value: number | null): Evaluated {
  return value === null ? infeasible : { values: [value] };
}

const readRunOptions = optionReader<TaskRunOptions>("openRun", { key: anything, turn: func });
