/**
 * Every strategy of the package obeys the laws, and so do variants of the samplers. Those that adapt have laws of their variants beside
 * them.
 */
import { complete, compose, type Json, type Sampler, type Strategy } from "@caviar-hpo/core";
import type { Dependence } from "@caviar-hpo/core/contract";
import { cardLaws, strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { gridSampler, samplerCards, sobolSampler } from "./index.ts";

describe.each(samplerCards)("$name", (card) => {
  for (const law of cardLaws(card)) test(law.name, law.run);
});

const plain = <S extends Json>(create: () => Sampler<S>): (() => Strategy) => {
  return () => compose(complete, create());
};

const variants: readonly { readonly name: string; readonly create: () => Strategy; readonly dependsOn: Dependence }[] = [
  { name: "unscrambled sobol", create: plain(() => sobolSampler({ scramble: false })), dependsOn: "nothing" },
  { name: "grid of 7 points", create: plain(() => gridSampler({ points: 7 })), dependsOn: "losses" },
];

describe.each(variants)("$name", ({ name, create, dependsOn }) => {
  for (const law of strategyLaws(name, create, { dependsOn, runs: 0.3 })) test(law.name, law.run);
});
