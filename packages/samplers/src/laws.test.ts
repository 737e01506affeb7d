/**
 * Every strategy of the package obeys the laws, and so do variants of the samplers. Those that adapt have laws of their variants next to
 * them.
 */
import { complete, compose, type Json, type Sampler, type Strategy } from "@caviar-hpo/core";
import type { Dependence } from "@caviar-hpo/core/contract";
import { type SamplerClaims, samplerLaws, strategyLaws } from "@caviar-hpo/core/testing";
import { describe, expect, test } from "vitest";
import { gridSampler, samplerCards, sobolSampler } from "./index.ts";

/** What samplers claim. One that is not listed, as grid, does not claim that its points are uniform. */
const claims: { readonly [name: string]: SamplerClaims } = {
  random: { uniform: true },
  latinHypercube: { uniform: true, strata: [32, 32, 32] },
  sobol: { uniform: true, strata: [64, 64, 64], net: { t: 1, m: 8, s: 3 } },
  halton: { uniform: true, strata: [64, 81, 125] },
  rSequence: { uniform: true },
};

describe.each(samplerCards)("$name", (card) => {
  for (const law of samplerLaws(card, claims[card.name] ?? { uniform: false })) test(law.name, law.run);
});

test("every claim is one of a sampler in the list", () => {
  expect(samplerCards.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(claims)));
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
