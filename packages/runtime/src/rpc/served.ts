/** A study that a server serves, with its strategy and its log. */
import { type Card, type Event, type Problem, replay, type Strategy, type Study, type Trial } from "@caviar-hpo/core";
import { createFromCard, findCard } from "@caviar-hpo/core/contract";
import type { StoredTrial } from "../log/storedTrials.ts";
import type { Registry, StrategyChoice } from "./registry.ts";

export type Definition = { readonly problem: Problem; readonly choice: StrategyChoice; readonly seed: string | number };

export type Served = {
  readonly card: Card;
  readonly study: Study;
  readonly strategy: Strategy;
  readonly choice: StrategyChoice;
  /** What makes the study again: its events, and the seed that they follow from. Those of a stored study are read from its folder. */
  log(): { readonly seed: string | number; readonly events: readonly Event[] };
  /** The trials from one number up to another. Those of a stored study say when they ran, and what was noted. */
  trials(from: number, to: number): readonly (Trial | StoredTrial)[];
};

/**
 * A new study in memory, or the one that `log` tells.
 *
 * @throws ConfigError for an unknown strategy, a bad option, or a problem it cannot serve; JournalError for a log that does not replay.
 */
export function serveStudy(registry: Registry, definition: Definition, log: readonly Event[] = []): Served {
  const { problem, choice, seed } = definition;
  const { card, strategy } = strategyOf(registry, definition);
  const events: Event[] = [...log];
  const study = replay({ problem, strategy, seed }, log, (event) => {
    events.push(event);
  });
  return { card, study, strategy, choice, log: () => ({ seed, events }), trials: (from, to) => study.history.trials.slice(from, to) };
}

/** @throws ConfigError for an unknown strategy, a bad option, or a problem that lacks what the strategy needs. */
export function strategyOf(registry: Registry, { choice, problem }: Definition): { readonly card: Card; readonly strategy: Strategy } {
  const card = findCard(registry, choice.name);
  return { card, strategy: createFromCard(card, choice.options, problem) };
}

/** The study as it was after the first `count` of its events: the same as if the others had never happened. @throws JournalError. */
export function servedBefore(registry: Registry, { study, choice, log }: Served, count: number): Served {
  return serveStudy(registry, { problem: study.problem, choice, seed: study.seed }, log().events.slice(0, count));
}
