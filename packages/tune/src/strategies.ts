/** Every shipped strategy by its card, and strategies by name or by a card from anywhere. */
import { bayesoptCards } from "@caviar-hpo/bayesopt";
import type { Card, GivenProblem, Strategy, StrategyOptions } from "@caviar-hpo/core";
import { checkCard, createFromCard, describePlanOf, findCard } from "@caviar-hpo/core/contract";
import { hyperbandCards } from "@caviar-hpo/hyperband";
import { samplerCards } from "@caviar-hpo/samplers";
import { compositionCards } from "./compositions/cards.ts";
import { overRandom } from "./compositions/overRandom.ts";

export const strategies: readonly Card[] = [
  samplerCards,
  bayesoptCards,
  hyperbandCards.map((card) => ("create" in card ? card : overRandom(card))),
  compositionCards,
].flat();

/** @throws ConfigError for an unknown name, with the nearest known one, and for an object that is no card. */
export function findStrategy(strategy: string | Card): Card {
  return typeof strategy === "object" ? checkCard(strategy) : findCard(strategies, strategy);
}

/**
 * @param strategy the name of one of `strategies`, or a card.
 * @param problem what it is to solve, if that is known: then it is checked that the strategy suits it.
 * @throws ConfigError for an unknown name (with the nearest known one), a bad option, or a problem without a fidelity where the strategy
 * needs one.
 */
export function createStrategy(strategy: string | Card, options: StrategyOptions = {}, problem?: Pick<GivenProblem, "fidelity">): Strategy {
  const card = findStrategy(strategy);
  return problem === undefined ? card.create(options) : createFromCard(card, options, problem);
}

/**
 * What a strategy is going to do with a problem, for people, to be shown before it runs: Hyperband's bracket table, the rungs of asha. Null
 * where nothing is known before.
 *
 * @throws ConfigError as `createStrategy` does.
 */
export function planOf(strategy: string | Card, options: StrategyOptions, problem: Pick<GivenProblem, "fidelity">): string | null {
  return describePlanOf(findStrategy(strategy), options, problem);
}
