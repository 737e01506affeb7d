/**
 * TPE obeys the laws in its variants, and so does the sampler of BOHB. What its card makes is held to them with all others
 * (../laws.test.ts).
 */
import { complete, compose, type Strategy } from "@caviar-hpo/core";
import { believedSpaces, cardLaws, strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { bohbSamplerCard } from "./bohb.ts";
import { tpeSampler } from "./tpe.ts";

const cases: readonly { readonly name: string; readonly create: () => Strategy; readonly runs?: number }[] = [
  { name: "tpe, model early", create: () => compose(complete, tpeSampler({ startup: 3 })), runs: 0.1 },
  { name: "tpe by default", create: () => compose(complete, tpeSampler()), runs: 0.1 },
  { name: "univariate tpe", create: () => compose(complete, tpeSampler({ startup: 3, multivariate: false, candidates: 5 })), runs: 0.1 },
  {
    name: "tpe without the liar",
    create: () => compose(complete, tpeSampler({ startup: 3, constantLiar: false, candidates: 5 })),
    runs: 0.1,
  },
];

describe.each(cases)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, options)) test(law.name, law.run);
});

describe("tpe with beliefs", () => {
  const create = (): Strategy => compose(complete, tpeSampler({ startup: 3, candidates: 5 }));
  for (const law of strategyLaws("tpe", create, { spaces: believedSpaces(), runs: 0.1 })) test(law.name, law.run);
});

describe("bohb", () => {
  for (const law of cardLaws(bohbSamplerCard, { runs: 0.2 })) test(law.name, law.run);
});
