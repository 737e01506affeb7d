/**
 * The laws again, with the default options and over many times more cases than a commit affords. Strategies whose asks are expensive only
 * walk through all degenerate spaces.
 */
import type { Card } from "@caviar-hpo/core";
import { cardLaws, strategyLaws } from "@caviar-hpo/core/testing";
import { hyperbandCards } from "@caviar-hpo/hyperband";
import { describe, test } from "vitest";
import { compositionCards } from "./compositions/cards.ts";
import { overRandom } from "./compositions/overRandom.ts";

const overRandomPoints = hyperbandCards.flatMap((card) => ("create" in card ? [] : [overRandom(card)]));
const all = [...overRandomPoints, ...compositionCards];
const isDear = ({ options }: Card): boolean => Object.hasOwn(options, "askEffort");

describe.each(all.filter((card) => !isDear(card)))("$name", ({ name, create, dependsOn, random, stopsShort = false }) => {
  for (const law of strategyLaws(name, create, { dependsOn, random, stopsShort, runs: 6, seed: 3 })) test(law.name, law.run);
});

describe.each(all.filter(isDear))("$name", (card) => {
  const law = cardLaws(card, { runs: 0.02, seed: 3 }).find(({ name }) => name.startsWith("stays inside every space"))!;
  test(law.name, law.run);
});
