/** Every sampler obeys the laws, in its variants too. */
import { complete, compose, type Json, type Sampler, type Strategy } from "@caviar-hpo/core";
import { type Dependence, strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import {
  coarseToFineSampler,
  gridSampler,
  haltonSampler,
  latinHypercubeSampler,
  randomSampler,
  rSequenceSampler,
  sobolSampler,
} from "./index.ts";

const plain = <S extends Json>(create: () => Sampler<S>): (() => Strategy) => {
  return () => compose(complete, create());
};

const cases: readonly { readonly name: string; readonly create: () => Strategy; readonly dependsOn: Dependence; readonly runs?: number }[] =
  [
    { name: "random", create: plain(randomSampler), dependsOn: "nothing" },
    { name: "sobol", create: plain(sobolSampler), dependsOn: "nothing" },
    { name: "unscrambled sobol", create: plain(() => sobolSampler({ scramble: false })), dependsOn: "nothing", runs: 0.3 },
    { name: "halton", create: plain(haltonSampler), dependsOn: "nothing" },
    { name: "rSequence", create: plain(rSequenceSampler), dependsOn: "nothing" },
    { name: "latinHypercube", create: plain(latinHypercubeSampler), dependsOn: "nothing" },
    { name: "grid", create: plain(gridSampler), dependsOn: "losses" },
    { name: "grid of 7 points", create: plain(() => gridSampler({ points: 7 })), dependsOn: "losses", runs: 0.3 },
    { name: "coarseToFine", create: plain(() => coarseToFineSampler({ trials: 20 })), dependsOn: "order" },
  ];

describe.each(cases)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, options)) test(law.name, law.run);
});
