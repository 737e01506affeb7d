/**
 * Differential evolution obeys the laws in its variants, and so does the sampler of DEHB. What its card makes is held to them with all
 * others (../laws.test.ts).
 */
import { complete, compose, type Strategy } from "@caviar-hpo/core";
import { strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { dehbSampler, differentialEvolutionSampler } from "./differentialEvolution.ts";

const small = { population: 4 };
const cases: readonly { readonly name: string; readonly create: () => Strategy; readonly runs?: number }[] = [
  { name: "best/1", create: () => compose(complete, differentialEvolutionSampler({ ...small, mutation: "best/1" })), runs: 0.1 },
  {
    name: "currentToBest/1",
    create: () => compose(complete, differentialEvolutionSampler({ ...small, mutation: "currentToBest/1" })),
    runs: 0.1,
  },
  { name: "dehb", create: () => compose(complete, dehbSampler()), runs: 0.1 },
];

describe.each(cases)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, options)) test(law.name, law.run);
});
