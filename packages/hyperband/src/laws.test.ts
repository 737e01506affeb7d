/** Every scheduler and strategy obeys the laws, in its variants too. */
import { cardLaws, spaces, strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { composedCards, variants, wholeCards } from "../testing/cases.ts";

/** With those of the other packages, the cases of all laws are the 16,800 of row C2 of the fault matrix. */
const runs = 0.36;
/** Where the sampler chooses points, drawn spaces will do: the walk through all degenerate ones is for those that choose their own. */
const drawn = { runs, spaces: spaces() };

describe.each(composedCards)("$name", (card) => {
  for (const law of cardLaws(card, drawn)) test(law.name, law.run);
});

describe.each(wholeCards)("$name", (card) => {
  for (const law of cardLaws(card, { runs })) test(law.name, law.run);
});

describe.each(variants)("$name", ({ name, create, ...options }) => {
  const own = create().name.includes("+") ? drawn : { runs };
  for (const law of strategyLaws(name, create, { ...options, ...own })) test(law.name, law.run);
});
