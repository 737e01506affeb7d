/** A strategy that is given as a card or as it is, not by a name. */
import { type Card, ConfigError, type Problem, type Strategy, type StrategyOptions } from "@caviar-hpo/core";
import { checkCard, createFromCard } from "@caviar-hpo/core/contract";
import { show } from "@caviar-hpo/core/text";

/** A card, a card with options of its strategy (none by default), or a strategy of your own. */
export type GivenStrategy = Card | { readonly card: Card; readonly options?: StrategyOptions } | Strategy;

/** @throws ConfigError for what is no card and no strategy, for a bad option, and for a problem that the strategy does not suit. */
export function strategyOf(given: GivenStrategy | undefined, problem: Problem): Strategy {
  if (typeof given !== "object" || given === null || !("card" in given || "create" in given || "ask" in given)) {
    throw new ConfigError({
      code: "badStrategy",
      what: "strategy of createStudy",
      expected: "a card, { card, options } or a strategy",
      got: show(given),
      remedy: "Pass a card such as sobolCard of @caviar-hpo/samplers; createStudy of @caviar-hpo/tune also takes names.",
    });
  }
  if ("ask" in given) return given;
  const { card, options = {} } = "card" in given ? given : { card: given };
  return createFromCard(checkCard(card), options, problem);
}
