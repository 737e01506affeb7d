/** What the laws are checked on: every strategy of this package, by its card, and variants of schedulers and strategies. */
import { type Card, compose, type Json, type Sampler, type Scheduler, type Strategy } from "@caviar-hpo/core";
import { composeCards, type Dependence, samplerCard } from "@caviar-hpo/core/contract";
import {
  asha,
  asynchronousHyperband,
  caviar,
  hyperband,
  hyperbandCards,
  medianRule,
  panda,
  pasha,
  populationBased,
  successiveHalving,
} from "../src/index.ts";
import { fewPoints, haltingPoints, uniformPoints } from "./samplers.ts";

const over = <A extends Json, B extends Json>(scheduler: () => Scheduler<A>, sampler: () => Sampler<B>): (() => Strategy) => {
  return () => compose(scheduler(), sampler());
};

const uniformCard = samplerCard({
  name: "uniform",
  doc: "Independent uniform points.",
  options: {},
  adaptive: false,
  dependsOn: "nothing",
  sampler: uniformPoints,
});

/** Schedulers over uniform points. */
export const composedCards: readonly Card[] = hyperbandCards.flatMap((card) =>
  "create" in card ? [] : [composeCards(card, card, uniformCard)],
);

/** Strategies that choose their points themselves. */
export const wholeCards: readonly Card[] = hyperbandCards.flatMap((card) => ("create" in card ? [card] : []));

type Case = { readonly name: string; readonly create: () => Strategy; readonly dependsOn?: Dependence; readonly stopsShort?: true };

export const variants: readonly Case[] = [
  { name: "one iteration of hyperband", create: over(() => hyperband({ iterations: 1 }), uniformPoints), dependsOn: "results" },
  { name: "hyperband, refilling", create: over(() => hyperband({ promote: "refill" }), uniformPoints), dependsOn: "results" },
  { name: "hyperband, overlapping", create: over(() => hyperband({ overlap: true, eta: 2 }), uniformPoints) },
  { name: "hyperband, both", create: over(() => hyperband({ overlap: true, promote: "refill" }), uniformPoints) },
  {
    name: "hyperband, printed table",
    create: over(() => hyperband({ convention: "table1", eta: 2.5 }), uniformPoints),
    dependsOn: "results",
  },
  {
    name: "hyperband, KerasTuner's",
    create: over(() => hyperband({ convention: "kerasTuner" }), uniformPoints),
    dependsOn: "results",
  },
  {
    name: "hyperband, Syne Tune's",
    create: over(() => hyperband({ convention: "syneTune" }), uniformPoints),
    dependsOn: "results",
  },
  { name: "hyperband of a few points", create: over(hyperband, () => fewPoints(12)), dependsOn: "results" },
  {
    name: "hyperband of halting points",
    create: over(
      () => hyperband({ overlap: true }),
      () => haltingPoints(12),
    ),
  },
  {
    name: "hyperband refilling from halting points",
    create: over(
      () => hyperband({ promote: "refill", eta: 2 }),
      () => haltingPoints(12),
    ),
  },
  {
    name: "successiveHalving of 10, twice",
    create: over(() => successiveHalving({ configurations: 10, iterations: 2, eta: 2 }), uniformPoints),
    dependsOn: "results",
  },
  { name: "asha of 20", create: over(() => asha({ configurations: 20, eta: 2 }), uniformPoints) },
  { name: "asha of a few points", create: over(asha, () => haltingPoints(12)) },
  { name: "asha, stopping", create: over(() => asha({ variant: "stopping" }), uniformPoints) },
  { name: "asha of 20, stopping", create: over(() => asha({ variant: "stopping", configurations: 20 }), uniformPoints) },
  { name: "asynchronousHyperband, stopping", create: over(() => asynchronousHyperband({ variant: "stopping", eta: 2 }), uniformPoints) },
  { name: "medianRule, stopping early", create: over(() => medianRule({ startup: 1 }), uniformPoints) },
  {
    name: "medianRule of 15 among all that came as far",
    create: over(() => medianRule({ among: "reached", steps: 7, configurations: 15 }), uniformPoints),
  },
  { name: "pasha of halves", create: over(() => pasha({ eta: 2 }), uniformPoints), stopsShort: true },
  {
    name: "pasha of 20",
    create: over(
      () => pasha({ configurations: 20 }),
      () => haltingPoints(17),
    ),
    stopsShort: true,
  },
  { name: "caviar of 7", create: over(() => caviar({ models: 7 }), uniformPoints), dependsOn: "nothing" },
  {
    name: "populationBased of four, exploring all",
    create: () => populationBased({ population: 4, explore: "all", segments: 4, quantile: 0.5 }),
  },
  { name: "panda, exploring all", create: () => panda({ explore: "all", patience: 1 }) },
];
