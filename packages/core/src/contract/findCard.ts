/** Cards by name, and strategies that suit their problem. */

import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import type { Card, StrategyOptions } from "./card.ts";
import { ConfigError } from "./errors.ts";
import { type GivenProblem, readFidelity } from "./problem.ts";
import type { Strategy } from "./strategy.ts";

/** The name of the strategy of a study, a plan or an `open` of the wire that names none. */
export const defaultStrategy = "auto";

/**
 * The card with this name.
 *
 * @throws ConfigError for an unknown name, with the nearest known one.
 */
export function findCard(cards: readonly Card[], name: string): Card {
  const found = cards.find((card) => card.name === name);
  if (found !== undefined) return found;
  const names = cards.map((card) => card.name);
  throw new ConfigError({
    code: "unknownStrategy",
    what: "strategy",
    expected: `one of ${names.join(", ")}`,
    got: show(name),
    remedy: didYouMean(name, names),
  });
}

/**
 * Makes the strategy of a card, for a problem that it must suit.
 *
 * @throws ConfigError for a bad option, or a problem that lacks what the strategy needs.
 */
export function createFromCard(card: Card, options: StrategyOptions, problem: Pick<GivenProblem, "fidelity">): Strategy {
  if (card.needs.includes("fidelity") && problem.fidelity === null) {
    const remedy = 'Pass one, such as fidelity: { unit: "epochs", min: 1, max: 27 }.';
    unsuitable(card.name, "a problem with a fidelity", "none", remedy);
  }
  return card.create(options);
}

/** @throws ConfigError, always: what the strategy needs of a problem, and what the problem has. */
export function unsuitable(name: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "unsuitableStrategy", what: `strategy ${show(name)}`, expected, got, remedy });
}

/**
 * What a strategy will do with a problem, as text for people, before it runs. null if nothing is known before.
 *
 * @throws ConfigError for the same reasons as `Card.describePlan`, and for a fidelity that no study accepts.
 */
export function describePlanOf(card: Card, options: StrategyOptions, { fidelity }: Pick<GivenProblem, "fidelity">): string | null {
  return fidelity === null ? null : (card.describePlan?.(readFidelity(fidelity), options) ?? null);
}
