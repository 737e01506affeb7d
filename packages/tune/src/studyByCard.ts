/**
 * Studies of one strategy, given by its card: a program that imports this brings along that strategy and no other. The root of the package
 * also takes names, so it brings all of them.
 */
import { type Card, ConfigError, type ConfigOf, type Problem, type Shape, type Strategy, type StrategyOptions } from "@caviar-hpo/core";
import { checkCard, createFromCard } from "@caviar-hpo/core/contract";
import { show } from "@caviar-hpo/core/text";
import { type Study, type StudySettings, studyOver } from "./study.ts";

export { choice, given, int, real } from "@caviar-hpo/core";
export type { Assignment, Best, ObjectiveFunction, OptimizeOptions, Result, Study } from "./study.ts";

/** A card, a card with options of its strategy (none by default), or a strategy of your own. */
export type GivenStrategy = Card | { readonly card: Card; readonly options?: StrategyOptions } | Strategy;

export type CardStudyOptions<S extends Shape, M = unknown> = StudySettings<S, M> & { readonly strategy: GivenStrategy };

/** @throws SpaceError, ConfigError for a space, strategy or option that cannot be served; JournalError where `events` do not replay. */
export function createStudy<const S extends Shape, M = unknown>(options: CardStudyOptions<S, M>): Study<ConfigOf<S>, M> {
  return studyOver(options, strategyOf);
}

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
