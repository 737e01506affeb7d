/** All shipped strategies by card, and how to make a strategy from a name or from any card. */
import { bayesoptCards } from "@caviar-hpo/bayesopt";
import type { Card, GivenProblem, Strategy, StrategyOptions } from "@caviar-hpo/core";
import { checkCard, createFromCard, describePlanOf, findCard } from "@caviar-hpo/core/contract";
import { hyperbandCards } from "@caviar-hpo/hyperband";
import { samplerCards } from "@caviar-hpo/samplers";
import { compositionCards } from "./compositions/cards.ts";
import { overRandom } from "./compositions/overRandom.ts";

/** The cards of all shipped strategies. */
export const strategies: readonly Card[] = [
  samplerCards,
  bayesoptCards,
  hyperbandCards.map((card) => ("create" in card ? card : overRandom(card))),
  compositionCards,
].flat();

/**
 * The card with this name, or the given card.
 *
 * @throws ConfigError for an unknown name, with the nearest known one, and for an object that is no card.
 */
export function findStrategy(strategy: string | Card): Card {
  return typeof strategy === "object" ? checkCard(strategy) : findCard(strategies, strategy);
}

/**
 * Makes a strategy from a name or a card.
 *
 * @param strategy the name of one of `strategies`, or a card.
 * @param options options of the strategy by name; the others have their defaults.
 * @param problem the problem, if it is known. Then the strategy must suit it.
 * @throws ConfigError for an unknown name (with the nearest known one), for a bad option, and for a problem without a fidelity if the
 * strategy needs one.
 */
export function createStrategy(strategy: string | Card, options: StrategyOptions = {}, problem?: Pick<GivenProblem, "fidelity">): Strategy {
  const card = findStrategy(strategy);
  return problem === undefined ? card.create(options) : createFromCard(card, options, problem);
}

/**
 * What a strategy is going to do on a problem, as text to show before the run: the bracket table of Hyperband, or the rungs of asha. null
 * if nothing is known before the run.
 *
 * @throws ConfigError as `createStrategy` does.
 */
export function planOf(strategy: string | Card, options: StrategyOptions, problem: Pick<GivenProblem, "fidelity">): string | null {
  return describePlanOf(findStrategy(strategy), options, problem);
}
