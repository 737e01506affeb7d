/** A study that a server serves, with its strategy and its log. */
import { type Card, type Event, type JobId, type Problem, replay, type Strategy, type Study, type Trial } from "@caviar-hpo/core";
import { createFromCard, findCard } from "@caviar-hpo/core/contract";
import type { StoredTrial } from "@caviar-hpo/tune/stored";
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
  /** The trials from one number up to another. Those of a stored study say when they ran, and what was noted. */
  trials(from: number, to: number): readonly (Trial | StoredTrial)[];
};

/**
 * A new study in memory, or the one that `log` tells.
 *
 * @throws ConfigError for an unknown strategy, a bad option, or a problem it cannot serve; JournalError for a log that does not replay.
 */
export function serveStudy(registry: Registry, definition: Definition, log: readonly Event[] = [], firstJob = 0): Served {
  const { problem, choice, seed } = definition;
  const { card, strategy } = strategyOf(registry, definition);
  const events: Event[] = [...log];
  const study = replay({ problem, strategy, seed, firstJob }, log, (event) => {
    events.push(event);
  });
  return {
    card,
    study,
    strategy,
    choice,
    log: () => ({ seed, firstJob, events, all: events }),
    jobNow: (job) => job,
    trials: (from, to) => study.history.trials.slice(from, to),
  };
}

/** @throws ConfigError for an unknown strategy, a bad option, or a problem that lacks what the strategy needs. */
export function strategyOf(registry: Registry, { choice, problem }: Definition): { readonly card: Card; readonly strategy: Strategy } {
  const card = findCard(registry, choice.name);
  return { card, strategy: createFromCard(card, choice.options, problem) };
}

/** The study as it was after the first `count` of its events: the same as if the others had never happened. @throws JournalError. */
export function servedBefore(registry: Registry, { study, choice, log }: Served, count: number): Served {
  const { events, firstJob } = log();
  return serveStudy(registry, { problem: study.problem, choice, seed: study.seed }, events.slice(0, count), firstJob);
}
