/**
 * Studies of one strategy that is given by its card. A program that imports this module includes that strategy and no other. The root of
 * the package also takes names, so it includes all strategies.
 */
import type { ConfigOf, Shape } from "@caviar-hpo/core";
import { type GivenStrategy, strategyOf } from "./givenStrategy.ts";
import { type Study, type StudySettings, studyOver } from "./study.ts";

export { choice, given, int, real } from "@caviar-hpo/core";
export type { GivenStrategy } from "./givenStrategy.ts";
export type { Assignment, Best, ObjectiveFunction, Observation, OptimizeOptions, Result, Study } from "./study.ts";

/** The options of a study whose strategy is a card or a strategy object. */
export type CardStudyOptions<S extends Shape, M = unknown> = StudySettings<S, M> & { readonly strategy: GivenStrategy };

/**
 * Makes a study.
 *
 * @throws SpaceError or ConfigError for a space, strategy or option that is wrong. JournalError if `events` cannot be replayed.
 */
export function createStudy<const S extends Shape, M = unknown>(options: CardStudyOptions<S, M>): Study<ConfigOf<S>, M> {
  return studyOver(options, strategyOf);
}
