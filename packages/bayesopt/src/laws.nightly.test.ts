/** The laws in every variant, at ten times the cases of a commit. */
import { believedSpaces, cardLaws, strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { allCases, weighedCase } from "../testing/lawCases.ts";
import { bayesoptCard } from "./index.ts";

describe("bayesopt", () => {
  for (const law of cardLaws(bayesoptCard, { seed: 4, runs: 0.3 })) test(law.name, law.run);
});

describe("bayesopt with beliefs and costs", () => {
  for (const law of strategyLaws(weighedCase.name, weighedCase.create, { spaces: believedSpaces(), seed: 4, runs: 0.1 }))
    test(law.name, law.run);
});

describe.each(allCases)("$name", ({ name, create }) => {
  for (const law of strategyLaws(name, create, { seed: 4, runs: 0.1 })) test(law.name, law.run);
});
