/**
 * The trainings of one study: what its objective is made of. Paused trials wait as checkpoints, bytes by trial, and continue from there. A
 * checkpoint may be missing, after a restart or because the strategy gave it up; training then starts again and reaches the same bits.
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
  /** Names the run: under another key a configuration has other initial weights and another order of examples. `root(0)` by default. */
  readonly key?: Key;
  /**
   * Awaited before each epoch, so that others get a turn while this thread trains: timers, a page, a signal from outside. In Node
   * `() => new Promise(setImmediate)`, in a browser a macrotask. By default only other promises get a turn.
   */
  readonly turn?: () => Promise<unknown>;
};

export type TaskRun<S extends Shape = Shape> = {
  /** For `drive` of a core study: measures after every epoch, and heeds the signal between epochs. */
  readonly evaluate: Evaluate;
  /** The same for `createStudy(...).optimize` of @caviar-hpo/tune. */
  readonly objective: (assignment: TaskAssignment<ConfigOf<S>>) => Promise<number | { readonly infeasible: true }>;
  /** The same for `simulate`, at once and without a measurement in between: what a job measures at a fidelity. */
  readonly measure: (job: TaskJob, fidelity: number) => Evaluated;
  /**
   * What the configuration comes to on the test rows after the longest training; null where that diverges. It is trained if it has not
   * been.
   */
  readonly score: (config: ConfigOf<S>) => number | null;
  /**
   * Takes note of an event of the study: checkpoints that the strategy gives up are dropped. Optional but for this: after a restart, let it
   * hear the log of a strategy that clones trials, or it takes each trial that it does not know for one that was started.
   */
  readonly hear: (event: Event) => void;
  /** Takes note of a job alone. Needed where a measurement is taken from elsewhere, so that `measure` never sees the job. */
  readonly note: (job: TaskJob) => void;
  /** How many trials wait as checkpoints. */
  readonly waiting: number;
};

export type TaskJob = Pick<Job, "trial" | "config" | "from">;

/** What `optimize` hands to an objective, as far as it is needed here. */
export type TaskAssignment<C> = {
  readonly config: C;
  readonly trial: TrialId;
  readonly until: number;
  readonly from: Job["from"];
  readonly signal: Signal;
  measure(result: number, fidelity: number): boolean;
};

/** A run of a task. What it remembers is its own; two runs with one key measure the same. */
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
