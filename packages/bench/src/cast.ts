/** Whom a plan names: shipped strategies, and strategies from outside, whose cards the caller brings along. */
import { type Card, ConfigError, checkCard, findCard, show } from "@caviar-hpo/core";
import { strategies } from "@caviar-hpo/tune";
import type { Plan } from "./plan.ts";

/**
 * The cards of the plan's strategies that come from outside, by name.
 *
 * @throws ConfigError for a name that no card has, for an object that is no card, and for a card whose name is taken.
 */
export function foreignCards(plan: Plan, cards: readonly Card[]): ReadonlyMap<string, Card> {
  const known = [...strategies, ...cards.map(checkCard)];
  const twice = known.find((card, index) => known.findIndex(({ name }) => name === card.name) !== index);
  if (twice !== undefined) refuseName(twice.name);
  const named = plan.strategies.map(({ name }) => findCard(known, name));
  return new Map(named.filter((card) => !strategies.includes(card)).map((card) => [card.name, card]));
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
