/**
 * Studies of one strategy, given by its card: a program that imports this brings along that strategy and no other. The root of the package
 * also takes names, so it brings all of them.
 */
import type { ConfigOf, Shape } from "@caviar-hpo/core";
import { type GivenStrategy, strategyOf } from "./givenStrategy.ts";
import { type Study, type StudySettings, studyOver } from "./study.ts";

export { choice, given, int, real } from "@caviar-hpo/core";
export type { GivenStrategy } from "./givenStrategy.ts";
export type { Assignment, Best, ObjectiveFunction, OptimizeOptions, Result, Study } from "./study.ts";

export type CardStudyOptions<S extends Shape, M = unknown> = StudySettings<S, M> & { readonly strategy: GivenStrategy };

/** @throws SpaceError, ConfigError for a space, strategy or option that cannot be served; JournalError where `events` do not replay. */
export function createStudy<const S extends Shape, M = unknown>(options: CardStudyOptions<S, M>): Study<ConfigOf<S>, M> {
  return studyOver(options, strategyOf);
}
