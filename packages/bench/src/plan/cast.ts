/** Strategies by the names that a campaign uses: shipped ones, and those from outside, whose cards the caller passes. */
import { type Card, ConfigError } from "@caviar-hpo/core";
import { checkCard, findCard } from "@caviar-hpo/core/contract";
import { show } from "@caviar-hpo/core/text";
import { strategies } from "@caviar-hpo/tune";

/**
 * The cards of the named strategies that come from outside, by name.
 *
 * @throws ConfigError for a name that no card has, for an object that is no card, and for a card whose name is taken.
 */
export function foreignCards(names: readonly string[], cards: readonly Card[]): ReadonlyMap<string, Card> {
  const known = [...strategies, ...cards.map(checkCard)];
  const twice = known.find((card, index) => known.findIndex(({ name }) => name === card.name) !== index);
  if (twice !== undefined) refuseName(twice.name);
  const named = names.map((name) => findCard(known, name));
  return new Map(named.filter((card) => !strategies.includes(card)).map((card) => [card.name, card]));
}

function refuseName(name: string): never {
  throw new ConfigError({
    code: "nameTaken",
    what: "name of a card",
    expected: "a name that no shipped strategy has",
    got: show(name),
    remedy: "Give the card another name. Plans and records identify strategies by their names.",
  });
}
