/** The study that a session serves, with its strategy and its log. */
import { type Card, type Event, type Problem, replay, type Strategy, type Study } from "@caviar-hpo/core";
import { createFromCard, findCard } from "@caviar-hpo/core/contract";
import type { Registry, StrategyChoice } from "./registry.ts";

export type Definition = { readonly problem: Problem; readonly choice: StrategyChoice; readonly seed: string | number };

export type Served = {
  readonly card: Card;
  readonly study: Study;
  readonly strategy: Strategy;
  readonly choice: StrategyChoice;
  readonly events: readonly Event[];
};

/**
 * A new study, or the one that `log` tells.
 *
 * @throws ConfigError for an unknown strategy, a bad option, or a problem it cannot serve; JournalError for a log that does not replay.
 */
export function serveStudy(registry: Registry, { problem, choice, seed }: Definition, log: readonly Event[] = []): Served {
  const card = findCard(registry, choice.name);
  const strategy = createFromCard(card, choice.options, problem);
  const events: Event[] = [...log];
  const study = replay({ problem, strategy, seed }, log, (event) => {
    events.push(event);
  });
  return { card, study, strategy, choice, events };
}

/** The study as it was after the first `count` of its events: the same as if the others had never happened. @throws JournalError. */
export function servedBefore(registry: Registry, { study, choice, events }: Served, count: number): Served {
  return serveStudy(registry, { problem: study.problem, choice, seed: study.seed }, events.slice(0, count));
}
