/**
 * The laws again, with the default options and over many times more cases than a commit affords; without those whose asks are expensive.
 */
import { strategyLaws } from "@caviar-hpo/core/testing";
import { hyperbandCards } from "@caviar-hpo/hyperband";
import { describe, test } from "vitest";
import { compositionCards } from "./compositions/cards.ts";
import { overRandom } from "./compositions/overRandom.ts";

const overRandomPoints = hyperbandCards.flatMap((card) => ("create" in card ? [] : [overRandom(card)]));
const affordable = [...overRandomPoints, ...compositionCards].filter(({ options }) => !Object.hasOwn(options, "askEffort"));

describe.each(affordable)("$name", ({ name, create, dependsOn, random, stopsShort = false }) => {
  for (const law of strategyLaws(name, create, { dependsOn, random, stopsShort, runs: 6, seed: 3 })) test(law.name, law.run);
});
