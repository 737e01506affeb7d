/** The laws again, over many times more cases than a commit affords. */
import { cardLaws, strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { composedCards, variants, wholeCards } from "../testing/cases.ts";

const long = { runs: 8, seed: 2 };

describe.each([...composedCards, ...wholeCards])("$name", (card) => {
  for (const law of cardLaws(card, long)) test(law.name, law.run);
});

describe.each(variants)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, { ...options, ...long })) test(law.name, law.run);
});
