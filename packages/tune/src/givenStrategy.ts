/** A strategy that is given as a card or as a strategy object, not by a name. */
import type { Card, Problem, Strategy, StrategyOptions } from "@caviar-hpo/core";
import { checkCard, createFromCard } from "@caviar-hpo/core/contract";
import { anything, below, configRoot, optionReader, optionsRoot, reject } from "@caviar-hpo/core/read";

/** A card, a card with options of its strategy (none by default), or your own strategy object. */
export type GivenStrategy = Card | { readonly card: Card; readonly options?: StrategyOptions } | Strategy;

/** @throws ConfigError for what is no card and no strategy, for a bad option, and for a problem that the strategy does not suit. */
export function strategyOf(given: GivenStrategy | undefined, problem: Problem): Strategy {
  if (typeof given !== "object" || given === null || !(has(given, "card") || isStrategyOrCard(given))) {
    return reject(
      configRoot("strategy of createStudy", "badStrategy"),
      "a card, { card, options } or a strategy",
      given,
      "Pass a card. createStudy of @caviar-hpo/tune also takes names.",
    );
  }
  if (has(given, "ask")) return given as Strategy;
  if (has(given, "create")) return createFromCard(checkCard(given as Card), {}, problem);
  const { card, options } = readChoice(given);
  return createFromCard(checkCard(card), options, problem);
}

/** Whether it is meant as one of the two, and not as a choice among them. */
export function isStrategyOrCard(given: object): given is Strategy | Card {
  return has(given, "create") || has(given, "ask");
}

/** A proxy may throw whenever it is looked at. */
function has(given: object, name: string): boolean {
  try {
    return name in given;
  } catch {
    return false;
  }
}

/** The members of `{ name, options }` or `{ card, options }`, each read once; exactly one of the first two is there. */
export function readChoice(given: object): StrategyMembers {
  const { name, card, options = {} } = readMembers(given);
  if ((name === undefined) === (card === undefined)) reject(chosen, "either a name or a card", name === undefined ? "neither" : "both");
  return { name: name as string | undefined, card: card as Card, options: options as StrategyOptions };
}

type StrategyMembers = { readonly name: string | undefined; readonly card: Card; readonly options: StrategyOptions };

const chosen = below(optionsRoot("createStudy"), "strategy");
const readMembers = optionReader<{ readonly name?: unknown; readonly card?: unknown; readonly options?: unknown }>(
  "createStudy",
  { name: anything, card: anything, options: anything },
  chosen,
);
