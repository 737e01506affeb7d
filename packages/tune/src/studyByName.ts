/** Studies whose strategy is one of the shipped ones, by name, or is given as in `studyByCard.ts`. */
import {
  type Beliefs,
  believe,
  type ConfigOf,
  constrain,
  createSpace,
  isSpace,
  type ParameterConstraint,
  type Problem,
  type Shape,
  type Space,
  type Strategy,
  type StrategyOptions,
} from "@caviar-hpo/core";
import { defaultStrategy, ignoredBy } from "@caviar-hpo/core/contract";
import { anything, named, optionsRoot } from "@caviar-hpo/core/read";
import type { StoredStrategy } from "@caviar-hpo/core/wire";
import { type FullStudy, fullStudy } from "./fullStudy.ts";
import { type GivenStrategy, isStrategyOrCard, readChoice, strategyOf } from "./givenStrategy.ts";
import { type OptimizeOptions, optimize } from "./optimize.ts";
import type { StudySettings } from "./settings.ts";
import { createStrategy, strategies } from "./strategies.ts";
import { type StartStudy, studyOver } from "./study.ts";
import { type EarlierTrials, warmStart } from "./warmStart.ts";

/** The name of one of `strategies`, a name with options of the strategy (none by default), a card, or your own strategy object. */
export type ChosenStrategy = string | { readonly name: string; readonly options?: StrategyOptions } | GivenStrategy;

/** The options of a study. */
export type StudyOptions<S extends Shape, M = unknown> = StudySettings<S, M> & {
  /** "auto" by default, which chooses among the others and says why in the note of each trial. */
  readonly strategy?: ChosenStrategy;
  /** Constraints between the parameters, such as `{ sum: ["a", "b"], max: 1 }` or `"a < 2 * b"`. None by default. */
  readonly where?: readonly ParameterConstraint[];
  /**
   * What you believe about good values: a density per parameter, or a few good configurations. Strategies that use beliefs try them first,
   * and forget them as results come in. None by default.
   */
  readonly beliefs?: Beliefs;
  /**
   * The trials of an earlier study, which the strategy sees as its own: `study.core.history`, or what `readStudy` has read. They must fit
   * the space, and count towards no budget. Only a study that has no trials takes them, so a study that continues has them once. None by
   * default.
   */
  readonly warmStart?: EarlierTrials;
};

/**
 * Makes a study.
 *
 * @throws SpaceError or ConfigError for a space, strategy or option that is wrong. JournalError if `events` cannot be replayed.
 */
export function createStudy<const S extends Shape, M = unknown>(options: StudyOptions<S, M>): FullStudy<ConfigOf<S>, M> {
  return createStudyOver(options);
}

/**
 * The study of `createStudy`, over an ask-and-tell study that `start` makes: one that is stored in a folder, for instance. By default it is
 * a new one, or the one that `events` made.
 *
 * @throws what `createStudy` and `start` throw.
 */
export function createStudyOver<const S extends Shape, M = unknown>(
  options: StudyOptions<S, M>,
  start?: StartStudy,
): FullStudy<ConfigOf<S>, M> {
  if (typeof options !== "object" || options === null) return fullStudy(studyOver(options, chosenStrategy, optimize, start));
  const { where, beliefs, warmStart: earlier, ...own } = ownMembers(options, optionsRoot("createStudy")) as typeof options;
  const space = spaceWith(own.space, where, beliefs);
  const made: { readonly strategy: Strategy; readonly problem: Problem }[] = [];
  const strategyFor = (chosen: ChosenStrategy | undefined, problem: Problem): Strategy => {
    const strategy = chosenStrategy(chosen, problem);
    made.push({ strategy, problem });
    return strategy;
  };
  const study = fullStudy(studyOver<S, ChosenStrategy, M, OptimizeOptions<ConfigOf<S>>>({ ...own, space }, strategyFor, optimize, start));
  // Only now is it checked that the strategy is one.
  for (const { strategy, problem } of made.slice(-1)) for (const notice of ignoredBy(strategy, problem.space)) own.onNotice?.(notice);
  if (earlier !== undefined) warmStart(study.core, earlier);
  return study;
}

function spaceWith<S extends Shape>(given: S | Space, where: StudyOptions<S>["where"], beliefs: Beliefs | undefined): S | Space {
  if (where === undefined && beliefs === undefined) return given;
  const space = isSpace(given) ? given : createSpace(given);
  const constrained = where === undefined ? space : constrain(space, where);
  return beliefs === undefined ? constrained : believe(constrained, beliefs);
}

/** The options that a strategy was given. There are none if it was given by its name, as a card alone, or as an object. */
export function chosenOptions(strategy: ChosenStrategy | undefined): StrategyOptions {
  if (typeof strategy !== "object" || "ask" in strategy || "create" in strategy) return {};
  return Object.fromEntries(Object.entries(strategy.options ?? {}).filter(([, value]) => value !== undefined));
}

/**
 * The strategy of a stored study that is opened: the given one, or else the one that the study was made with. So a study that was made
 * without a strategy continues with its own, also if the default is another one by now.
 *
 * @param stored the strategy in the head of the study; null for a new study.
 */
export function continuedStrategy(given: ChosenStrategy | undefined, stored: StoredStrategy | null): ChosenStrategy {
  if (given !== undefined || stored === null || !strategies.some(({ name }) => name === stored.name)) return given ?? defaultStrategy;
  return { name: stored.name, options: stored.options as StrategyOptions };
}

const ownMembers = named(anything, Number.MAX_SAFE_INTEGER);

function chosenStrategy(chosen: ChosenStrategy = defaultStrategy, problem: Problem): Strategy {
  if (typeof chosen !== "object" || chosen === null) return createStrategy(chosen, {}, problem);
  if (isStrategyOrCard(chosen)) return strategyOf(chosen, problem);
  const { name, card, options } = readChoice(chosen);
  return createStrategy(name ?? card, options, problem);
}
