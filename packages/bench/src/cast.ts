/** The cast of a plan: a plan names strategies, shipped ones and those whose cards the caller brings along. */
import { type Card, ConfigError, checkCard, findCard, show } from "@caviar-hpo/core";
import { strategies } from "@caviar-hpo/tune";
import type { Plan } from "./plan.ts";

/**
 * The plan, with the card at each strategy that comes from outside.
 *
 * @throws ConfigError for a name that no card has, for an object that is no card, and for a card whose name is taken.
 */
export function castOf(plan: Plan, cards: readonly Card[]): Plan {
  const known = [...strategies, ...cards.map(checkCard)];
  const twice = known.find((card, index) => known.findIndex(({ name }) => name === card.name) !== index);
  if (twice !== undefined) refuseName(twice.name);
  const cast = plan.strategies.map((strategy) => {
    const card = findCard(known, strategy.name);
    return strategies.includes(card) ? strategy : { ...strategy, card };
  });
  return { ...plan, strategies: cast };
}

/** Whether code from outside takes part: it cannot be sent to a thread. */
export function isForeign(plan: Plan): boolean {
  return plan.strategies.some(({ card }) => card !== undefined);
}

function refuseName(name: string): never {
  throw new ConfigError({
    code: "nameTaken",
    what: "name of a card",
    expected: "a name that no other strategy has",
    got: show(name),
    remedy: "Give the card another name: plans and records know strategies by it.",
  });
}
