/**
 * Studies of one strategy that is given by its card. A program that imports this module includes that strategy and no other. The root of
 * the package also takes names, so it includes all strategies.
 */
import type { ConfigOf, Shape } from "@caviar-hpo/core";
import { type GivenStrategy, strategyOf } from "./givenStrategy.ts";
import { optimizeSimply } from "./runTrials.ts";
import type { StudySettings } from "./settings.ts";
import { type Study, studyOver } from "./study.ts";

export { choice, given, int, real } from "@caviar-hpo/core";
export type { Best } from "./best.ts";
export type { GivenStrategy } from "./givenStrategy.ts";
export type { Assignment, ObjectiveFunction } from "./objective.ts";
export type { Observation } from "./observation.ts";
export type { Result } from "./result.ts";
export type { RunOptions as OptimizeOptions } from "./runTrials.ts";
export type { Study } from "./study.ts";

/** The options of a study whose strategy is a card or a strategy object. */
export type CardStudyOptions<S extends Shape, M = unknown> = StudySettings<S, M> & { readonly strategy: GivenStrategy };

/**
 * Makes a study. Its `optimize` ends by `trials` and by signals. That of `createStudy` of the root of the package also ends by time and by
 * patience, and reports its progress.
 *
 * @throws SpaceError or ConfigError for a space, strategy or option that is wrong. JournalError if `events` cannot be replayed.
 */
export function createStudy<const S extends Shape, M = unknown>(options: CardStudyOptions<S, M>): Study<ConfigOf<S>, M> {
  return studyOver(options, strategyOf, optimizeSimply);
}
