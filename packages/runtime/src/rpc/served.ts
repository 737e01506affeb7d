/** A study that a server serves, with its strategy and its log. */
import { type Card, type Event, type Problem, replay, type Strategy, type Study } from "@caviar-hpo/core";
import { createFromCard, findCard } from "@caviar-hpo/core/contract";
import type { Registry, StrategyChoice } from "./registry.ts";

export type Definition = { readonly problem: Problem; readonly choice: StrategyChoice; readonly seed: string | number };

export type Served = {
  readonly card: Card;
  readonly study: Study;
  readonly strategy: Strategy;
  readonly choice: StrategyChoice;
  /** The log of a study in memory; that of a stored study is read from its folder. */
  events(): readonly Event[];
  /** The time that events record: milliseconds since 1970, and 0 in memory. */
  nowMs(): number;
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
  return { card, study, strategy, choice, events: () => events, nowMs: () => 0 };
}

/** @throws ConfigError for an unknown strategy, a bad option, or a problem that lacks what the strategy needs. */
export function strategyOf(registry: Registry, { choice, problem }: Definition): { readonly card: Card; readonly strategy: Strategy } {
  const card = findCard(registry, choice.name);
  return { card, strategy: createFromCard(card, choice.options, problem) };
}

/** The study as it was after the first `count` of its events: the same as if the others had never happened. @throws JournalError. */
export function servedBefore(registry: Registry, { study, choice, events }: Served, count: number): Served {
  return serveStudy(registry, { problem: study.problem, choice, seed: study.seed }, events().slice(0, count));
}
