/**
 * Checkpoints: the state that a trial saves when it pauses. The trial continues from it, and so does another trial that takes it over. A
 * study keeps them under names such as `12@27` (trial and fidelity), and deletes those of trials that its strategy has given up.
 */
import type { Event, History, Job, TrialId } from "@caviar-hpo/core";

/**
 * A store of checkpoints: a `Map<string, …>`, or any object with the same three methods. An error that it throws makes the trial fail, or
 * ends the study.
 */
export type Checkpoints<M> = {
  get(name: string): M | undefined;
  set(name: string, checkpoint: M): unknown;
  delete(name: string): unknown;
};

export type Keeper<M> = {
  load(from: Job["from"]): M | null;
  save(trial: TrialId, fidelity: number, checkpoint: M): void;
  /** The checkpoint of the furthest that a trial has come; null where there is none. */
  last(trial: TrialId, history: History): M | null;
  /** Drops what the event gives up, once no running job starts from it. */
  heed(event: Event, history: History): void;
};

export function keeperOf<M>(checkpoints: Checkpoints<M>): Keeper<M> {
  /** Fidelities saved that may not have been measured: those of evaluations that failed since. */
  const saved = new Map<TrialId, Set<number>>();
  const givenUp = new Set<TrialId>();

  const fidelitiesOf = (trial: TrialId, { trials }: History): readonly number[] => {
    const measured = (trials[trial]?.curve ?? []).map((measurement) => measurement.fidelity);
    return [...new Set([...measured, ...(saved.get(trial) ?? [])])].sort((a, b) => b - a);
  };

  return {
    load: (from) => (from === null ? null : (checkpoints.get(nameOf(from.trial, from.fidelity)) ?? null)),
    save: (trial, fidelity, checkpoint) => {
      saved.set(trial, (saved.get(trial) ?? new Set()).add(fidelity));
      checkpoints.set(nameOf(trial, fidelity), checkpoint);
    },
    last: (trial, history) => {
      for (const fidelity of fidelitiesOf(trial, history)) {
        const checkpoint = checkpoints.get(nameOf(trial, fidelity));
        if (checkpoint !== undefined) return checkpoint;
      }
      return null;
    },
    heed: (event, history) => {
      if (event.kind !== "enqueued")
        for (const directive of event.directives) if (directive.kind === "discard") givenUp.add(directive.trial);
      if (givenUp.size === 0) return;
      const needed = new Set(history.running.map((job) => job.from?.trial));
      for (const trial of givenUp) {
        if (needed.has(trial)) continue;
        for (const fidelity of fidelitiesOf(trial, history)) checkpoints.delete(nameOf(trial, fidelity));
        saved.delete(trial);
        givenUp.delete(trial);
      }
    },
  };
}

function nameOf(trial: TrialId, fidelity: number): string {
  return `${trial}@${fidelity}`;
}
