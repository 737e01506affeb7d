/** The laws again, with the default options and over many times more cases than a commit affords. */
import { strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { samplerCards } from "./index.ts";

describe.each(samplerCards)("$name", ({ name, create, dependsOn, random }) => {
  for (const law of strategyLaws(name, create, { dependsOn, random, runs: 20, seed: 3 })) test(law.name, law.run);
});
