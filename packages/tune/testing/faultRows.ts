/** What rows B3 and C1 of the fault matrix run on, and strategies with a planted bug. */
import { type Card, derive, type Key, type Sampler, uniformConfig } from "@caviar-hpo/core";
import { samplerCard } from "@caviar-hpo/core/contract";
import { cardLaws, type Law } from "@caviar-hpo/core/testing";
import { findStrategy } from "../src/strategies.ts";

/** Row B3: plain, adaptive, synchronous and asynchronous strategies. */
export const orderedCards: readonly Card[] = ["random", "tpe", "differentialEvolution", "successiveHalving", "hyperband", "asha"].map(
  (name) => findStrategy(name),
);

/** Row C1. The asks of the last one are expensive. */
export const soupCards: readonly Card[] = [
  ...["random", "grid", "latinHypercube", "sobol", "halton", "tpe", "differentialEvolution", "successiveHalving", "hyperband"],
  ...["asha", "medianRule", "populationBased", "bohb", "bayesopt"],
].map((name) => findStrategy(name));

/** Row C1: the law of event soups over `sequences` scripts of 100 steps. */
export function soup(card: Card, sequences: number): Law {
  return cardLaws(card, { runs: sequences / 60, seed: 11 }).find(({ name }) => name === "keeps to the model of a study in an event soup")!;
}

/** A bug in row B3: it says that its points depend on nothing, and draws them by the trial that has finished last. */
export const followsTheLast: Card = plantedCard("followsTheLast", (state) => state.last);

/** A bug in rows B3 and C1: it counts its points in a variable of the program, where a replay or a copy finds another number. */
let drawn = 0;
export const countsOutside: Card = { ...plantedCard("countsOutside", () => drawn++), dependsOn: "order" };

type LastState = { readonly key: Key; last: number };

function plantedCard(name: string, placeOf: (state: LastState) => number): Card {
  const sampler: Sampler<LastState> = {
    name,
    version: 1,
    can: { conditional: true, objectives: 1, constraints: true, external: true },
    init: (_problem, key) => ({ key, last: 0 }),
    suggest: (state, { problem }) => ({ config: uniformConfig(problem.space, derive(state.key, placeOf(state))) }),
    tell: (state, _context, report) => {
      if (report.kind === "finished") state.last = report.trial;
    },
  };
  const doc = "A strategy with a planted bug.";
  return samplerCard({ name, doc, options: {}, adaptive: false, dependsOn: "nothing", sampler: () => sampler as Sampler });
}
