/**
 * The trainings of one study: what its objective is made of. Paused trials wait as checkpoints, bytes by trial, and go on from there; a
 * checkpoint that is missing, after a restart or because the strategy gave it up, is made again by training anew, to the same bits.
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
  ProtocolError,
  root,
  type Shape,
  type Signal,
  type TrialId,
} from "@caviar-hpo/core";
import { type Task, type Training, textOf } from "./task.ts";

export type TaskRunOptions = {
  /** Names the run: under another key a configuration has other initial weights and another order of examples. `root(0)` by default. */
  readonly key?: Key;
  /**
   * Awaited before each epoch, so that others get a turn while this thread trains: timers, a page, a signal from outside. In Node
   * `() => new Promise(setImmediate)`, in a browser a macrotask. Without it only other promises do.
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
  /** What the configuration comes to on the test rows after the longest training; null where that diverges. It is trained if it has not been. */
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
export function openRun<S extends Shape>(
  task: Task<S>,
  { key = root(0), turn = () => Promise.resolve() }: TaskRunOptions = {},
): TaskRun<S> {
  const { max } = task.fidelity;
  const runKey = derive(key, "run");
  const origins = new Map<TrialId, Origin>();
  const checkpoints = new Map<TrialId, Checkpoint>();
  const discarded = new Set<TrialId>();
  const scores = new Map<string, number | null>();
  /** The trial that `measure` is at. */
  let live: { readonly trial: TrialId; readonly training: Training } | null = null;

  const note = ({ trial, config, from }: TaskJob): void => {
    if (!origins.has(trial)) origins.set(trial, { config, from: from?.trial === trial ? null : from });
  };

  const drop = (trial: TrialId): void => {
    checkpoints.delete(trial);
    if (live?.trial === trial) live = null;
  };

  /** Only what somebody may go on from: the longest training is the end. */
  const keep = (trial: TrialId, { trainer }: Training): void => {
    const useful = trainer.diverged === null && trainer.epochs > 0 && trainer.epochs < max;
    if (useful && !discarded.has(trial)) checkpoints.set(trial, { epochs: trainer.epochs, bytes: trainer.save() });
    else checkpoints.delete(trial);
  };

  const trainingOf = (config: Config): Training => task.train(config as ConfigOf<S>, runKey);

  /** A trial's training after this many epochs at most. */
  const restore = (trial: TrialId, epochs: number): Training => {
    const { config, from } = origins.get(trial) ?? unheard(trial);
    const training = trainingOf(config);
    const checkpoint = checkpoints.get(trial);
    if (checkpoint !== undefined && checkpoint.epochs <= epochs) {
      training.trainer.load(checkpoint.bytes);
    } else if (from !== null) {
      const parent = restore(from.trial, from.fidelity);
      parent.advance(from.fidelity);
      training.trainer.adopt(parent.trainer.save());
    }
    return training;
  };

  /** A clone's course is not the one of its configuration. */
  const finish = (trial: TrialId, training: Training): void => {
    const { config, from } = origins.get(trial)!;
    if (from === null && task.data.test.n > 0) scores.set(textOf(config), training.test());
  };

  const train = async (
    job: TaskJob & { readonly until: number },
    signal: Signal,
    report: (value: number, epochs: number) => boolean,
  ): Promise<number | null> => {
    const { trial, until } = job;
    note(job);
    const start = job.from?.fidelity ?? 0;
    const training = restore(trial, start);
    let value: number | null = null;
    for (let epochs = training.trainer.epochs + 1; epochs <= until; epochs += 1) {
      await turn();
      if (signal.aborted) break;
      if (!training.advance(epochs)) break;
      if (epochs <= start) continue;
      value = training.validate();
      if (value === null || (epochs < until && !report(value, epochs))) break;
    }
    if (training.trainer.diverged !== null) value = null;
    keep(trial, training);
    if (training.trainer.epochs === max && value !== null) finish(trial, training);
    return value;
  };

  return {
    evaluate: async (job, { signal, measure }) =>
      evaluated(await train(job, signal, (value, fidelity) => measure({ values: [value], fidelity }))),
    objective: async (assignment) => {
      const { config, signal } = assignment;
      const job = { ...assignment, config: config as Config };
      return (await train(job, signal, (value, fidelity) => assignment.measure(value, fidelity))) ?? infeasible;
    },
    measure: (job, fidelity) => {
      note(job);
      const { trial } = job;
      if (live !== null && live.trial !== trial) keep(live.trial, live.training);
      const training = live?.trial === trial && live.training.trainer.epochs <= fidelity ? live.training : restore(trial, fidelity);
      training.advance(fidelity);
      const value = training.validate();
      if (value === null || fidelity === max) drop(trial);
      else live = { trial, training };
      if (fidelity === max && value !== null) finish(trial, training);
      return evaluated(value);
    },
    score: (unchecked) => {
      const config = checkConfig(task.problem.space, unchecked);
      const text = textOf(config);
      if (!scores.has(text)) {
        const training = trainingOf(config);
        training.advance(max);
        scores.set(text, training.test());
      }
      return scores.get(text)!;
    },
    hear: (event) => {
      if (event.kind === "asked") event.jobs.forEach(note);
      for (const directive of "directives" in event ? event.directives : []) {
        if (directive.kind !== "discard") continue;
        discarded.add(directive.trial);
        drop(directive.trial);
      }
    },
    note,
    get waiting() {
      return checkpoints.size;
    },
  };
}

/** How a trial began: from scratch, or as a clone of another's checkpoint under its own configuration. */
type Origin = { readonly config: Config; readonly from: Job["from"] };
type Checkpoint = { readonly epochs: number; readonly bytes: Uint8Array };

function unheard(trial: TrialId): never {
  throw new ProtocolError({
    code: "unheardTrial",
    what: `trial ${trial}`,
    expected: "one that this run has seen begin",
    got: "a clone of it alone",
    remedy: "After a restart, let the run hear the log of the study.",
  });
}

const infeasible = { infeasible: true } as const;

/** A value that was never reached because nobody wants it any more is ignored by whoever asked. */
function evaluated(value: number | null): Evaluated {
  return value === null ? infeasible : { values: [value] };
}
