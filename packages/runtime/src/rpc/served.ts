/** A study that a server serves, with its strategy and its log. */
import {
  type Card,
  type Event,
  type JobId,
  type Problem,
  replay,
  type Strategy,
  type Study,
  type Trial,
  type TrialId,
} from "@caviar-hpo/core";
import { createFromCard, findCard } from "@caviar-hpo/core/contract";
import { type Attributes, checkTrial, readAttributes, type StoredTrial } from "@caviar-hpo/tune/stored";
import type { Registry, StrategyChoice } from "./registry.ts";

export type Definition = { readonly problem: Problem; readonly choice: StrategyChoice; readonly seed: string | number };

/** The events of a study, and what they follow from: a seed, and the id of the first job. */
export type ServedLog = {
  readonly seed: string | number;
  readonly firstJob: number;
  readonly events: readonly Event[];
  /** All that was asked and reported, also before the space was extended. Jobs that ended with a smaller space have failed as lost. */
  readonly all: readonly Event[];
};

export type Served = {
  readonly card: Card;
  readonly study: Study;
  readonly strategy: Strategy;
  readonly choice: StrategyChoice;
  /** What makes the study again. That of a stored study is read from its folder. */
  log(): ServedLog;
  /** The job itself, or the one under which its trial continues: that of a trial that ran elsewhere when the study was extended. */
  jobNow(job: JobId): JobId;
  /** The trials from one number up to another. Those of a stored study say when they ran. */
  trials(from: number, to: number): readonly ServedTrial[];
  /** What was noted of the study itself. */
  annotations(): Attributes;
  /** Notes attributes of a trial; of the study if `trial` is null. @throws ConfigError "unknownTrial", "badAttributes". */
  annotate(trial: TrialId | null, attributes: Attributes): void;
  /** Notes which rule has ended the work on a stored study, and why. */
  end(rule: string, reason: string): void;
  /** Where the study is stored; null in memory. */
  readonly folder: string | null;
};

/** A trial as the method `trials` gives it. */
export type ServedTrial = Trial & Partial<StoredTrial>;

/** What was noted of a study in memory: of its trials, and under null of itself. */
type AttributesByTrial = Map<TrialId | null, Attributes>;

export type MemoryServed = Served & { readonly notes: AttributesByTrial };

/** What has come before: events, the id of the first job in them (0 by default), and notes. */
type PastOfStudy = { readonly events?: readonly Event[]; readonly firstJob?: number; readonly notes?: AttributesByTrial };

/**
 * A new study in memory, or the one that the past tells.
 *
 * @throws ConfigError for an unknown strategy, a bad option, or a problem it cannot serve; JournalError for a log that does not replay.
 */
export function serveStudy(registry: Registry, definition: Definition, past: PastOfStudy = {}): MemoryServed {
  const { firstJob = 0, notes = new Map() } = past;
  const { problem, choice, seed } = definition;
  const { card, strategy } = strategyOf(registry, definition);
  const events: Event[] = [...(past.events ?? [])];
  const study = replay({ problem, strategy, seed, firstJob }, past.events ?? [], (event) => {
    events.push(event);
  });
  return {
    card,
    study,
    strategy,
    choice,
    log: () => ({ seed, firstJob, events, all: events }),
    jobNow: (job) => job,
    trials: (from, to) =>
      study.history.trials.slice(from, to).map((trial) => {
        const annotations = notes.get(trial.id);
        return { ...trial, ...(study.observed(trial.id) && { observed: true }), ...(annotations && { annotations }) };
      }),
    annotations: () => notes.get(null) ?? {},
    annotate: (trial, attributes) => {
      checkTrial(trial, study.history.trials.length);
      notes.set(trial, { ...notes.get(trial), ...readAttributes(attributes) });
    },
    end: () => {},
    folder: null,
    notes,
  };
}

/** @throws ConfigError for an unknown strategy, a bad option, or a problem that lacks what the strategy needs. */
export function strategyOf(registry: Registry, { choice, problem }: Definition): { readonly card: Card; readonly strategy: Strategy } {
  const card = findCard(registry, choice.name);
  return { card, strategy: createFromCard(card, choice.options, problem) };
}

/** The study as it was after the first `count` of its events: the same as if the others had never happened. @throws JournalError. */
export function servedBefore(registry: Registry, { study, choice, log, notes }: MemoryServed, count: number): MemoryServed {
  const { events, firstJob } = log();
  const past = { events: events.slice(0, count), firstJob, notes };
  return serveStudy(registry, { problem: study.problem, choice, seed: study.seed }, past);
}
