/** What a run of a task remembers of its trials: how each began, the checkpoints that wait, and the test scores of finished trainings. */
import { type Config, type ConfigOf, type Job, type Key, ProtocolError, type Shape, type TrialId } from "@caviar-hpo/core";
import { type Task, type Training, textOf } from "./task.ts";

export type TrialMemory<S extends Shape> = {
  readonly task: Task<S>;
  readonly key: Key;
  readonly starts: Map<TrialId, TrialStart>;
  readonly checkpoints: Map<TrialId, PausedTraining>;
  /** Trials whose checkpoints the strategy gave up. */
  readonly discarded: Set<TrialId>;
  /** On the test rows after the longest training, by the text of the configuration; null where training diverged. */
  readonly scores: Map<string, number | null>;
  /** The trial measured last, as long as it may continue. */
  live: { readonly trial: TrialId; readonly training: Training } | null;
};

/** How a trial began: from scratch, or as a clone of another trial's checkpoint under its own configuration. */
type TrialStart = { readonly config: Config; readonly from: Job["from"] };
type PausedTraining = { readonly epochs: number; readonly bytes: Uint8Array };

/** Remembers how the trial of a job began, if this is its first job. */
export function noteJob<S extends Shape>(
  { starts }: TrialMemory<S>,
  { trial, config, from }: Pick<Job, "trial" | "config" | "from">,
): void {
  if (!starts.has(trial)) starts.set(trial, { config, from: from?.trial === trial ? null : from });
}

export function trainingOf<S extends Shape>({ task, key }: TrialMemory<S>, config: Config): Training {
  return task.train(config as ConfigOf<S>, key);
}

/** A trial's training after this many epochs at most. @throws ProtocolError where the run has not heard of the trial. */
export function restore<S extends Shape>(memory: TrialMemory<S>, trial: TrialId, epochs: number): Training {
  const { config, from } = memory.starts.get(trial) ?? unheard(trial);
  const training = trainingOf(memory, config);
  const checkpoint = memory.checkpoints.get(trial);
  if (checkpoint !== undefined && checkpoint.epochs <= epochs) {
    training.trainer.load(checkpoint.bytes);
  } else if (from !== null) {
    const parent = restore(memory, from.trial, from.fidelity);
    parent.advance(from.fidelity);
    training.trainer.adopt(parent.trainer.save());
  }
  return training;
}

/** Saves a checkpoint if the trial may continue from it: not after the longest training, and not after divergence. */
export function keep<S extends Shape>(memory: TrialMemory<S>, trial: TrialId, { trainer }: Training): void {
  const { task, checkpoints, discarded } = memory;
  const useful = trainer.diverged === null && trainer.epochs > 0 && trainer.epochs < task.fidelity.max;
  if (useful && !discarded.has(trial)) checkpoints.set(trial, { epochs: trainer.epochs, bytes: trainer.save() });
  else checkpoints.delete(trial);
}

/** Gives up what the trial could continue from. */
export function forget<S extends Shape>(memory: TrialMemory<S>, trial: TrialId): void {
  memory.checkpoints.delete(trial);
  if (memory.live?.trial === trial) memory.live = null;
}

/** Takes the test score of a longest training, unless the trial is a clone, which did not train under one configuration throughout. */
export function finish<S extends Shape>({ task, starts, scores }: TrialMemory<S>, trial: TrialId, training: Training): void {
  const { config, from } = starts.get(trial)!;
  if (from === null && task.data.test.n > 0) scores.set(textOf(config), training.test());
}

function unheard(trial: TrialId): never {
  throw new ProtocolError({
    code: "unheardTrial",
    what: `trial ${trial}`,
    expected: "a trial whose beginning this run has seen",
    got: "only a clone of the trial",
    remedy: "After a restart, pass the log of the study to the run.",
  });
}
