/** Studies whose strategy is named, out of all that are shipped; or given as in `studyByCard.ts`. */
import {
  type ConfigOf,
  constrain,
  createSpace,
  isSpace,
  type ParameterConstraint,
  type Problem,
  type Shape,
  type Strategy,
  type StrategyOptions,
} from "@caviar-hpo/core";
import { type GivenStrategy, isStrategyOrCard, readChoice, strategyOf } from "./givenStrategy.ts";
import { createStrategy } from "./strategies.ts";
import { type Study, type StudySettings, studyOver } from "./study.ts";

/** The name of one of `strategies`, by itself or with options of the strategy (none by default); or a card or a strategy of your own. */
export type ChosenStrategy = string | { readonly name: string; readonly options?: StrategyOptions } | GivenStrategy;

export type StudyOptions<S extends Shape, M = unknown> = StudySettings<S, M> & {
  /** `sobol` by default. */
  readonly strategy?: ChosenStrategy;
  /** Constraints between the parameters, such as `{ sum: ["a", "b"], max: 1 }` or `"a < 2 * b"`; none by default. */
  readonly where?: readonly ParameterConstraint[];
};

/** @throws SpaceError, ConfigError for a space, strategy or option that cannot be served; JournalError where `events` do not replay. */
export function createStudy<const S extends Shape, M = unknown>(options: StudyOptions<S, M>): Study<ConfigOf<S>, M> {
  if (typeof options !== "object" || options === null || !Object.hasOwn(options, "where")) return studyOver(options, chosenStrategy);
  const { where = [], space, ...rest } = options;
  const constrained = constrain(isSpace(space) ? space : createSpace(space), where);
  return studyOver<S, ChosenStrategy, M>({ ...rest, space: constrained }, chosenStrategy);
}

function chosenStrategy(chosen: ChosenStrategy = "sobol", problem: Problem): Strategy {
  if (typeof chosen !== "object" || chosen === null) return createStrategy(chosen, {}, problem);
  if (isStrategyOrCard(chosen)) return strategyOf(chosen, problem);
  const { name, card, options } = readChoice(chosen);
  return createStrategy(name ?? card, options, problem);
}
