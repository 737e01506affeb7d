/** TPE obeys the laws in its variants, with schedulers that promote, refill and stop too. */
import { complete, compose, type Strategy } from "@caviar-hpo/core";
import { strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { bohbSampler } from "./bohb.ts";
import { tpeSampler } from "./tpe.ts";

const cases: readonly { readonly name: string; readonly create: () => Strategy; readonly runs?: number }[] = [
  { name: "tpe", create: () => compose(complete, tpeSampler({ startup: 3 })), runs: 0.5 },
  { name: "tpe by default", create: () => compose(complete, tpeSampler()), runs: 0.1 },
  { name: "univariate tpe", create: () => compose(complete, tpeSampler({ startup: 3, multivariate: false, candidates: 5 })), runs: 0.1 },
  {
    name: "tpe without the liar",
    create: () => compose(complete, tpeSampler({ startup: 3, constantLiar: false, candidates: 5 })),
    runs: 0.1,
  },
  { name: "bohb", create: () => compose(complete, bohbSampler({ candidates: 8 })), runs: 0.2 },
];

describe.each(cases)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, options)) test(law.name, law.run);
});
