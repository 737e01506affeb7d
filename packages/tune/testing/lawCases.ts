/** How every strategy that has a name is held to the laws. */
import type { Dependence } from "@caviar-hpo/core/testing";
import type { StrategyOptions } from "../src/index.ts";

/**
 * `dependsOn`: what trials may depend on, beside the problem and the seed. `commit` multiplies the number of cases on a commit: fewer where
 * the halves of a strategy are held to the laws in their own packages, none where another package does it all. `cheap` are options that
 * make an ask affordable.
 */
export type LawCase = { readonly dependsOn: Dependence; readonly commit: number; readonly cheap?: StrategyOptions };

const search = { dependsOn: "nothing", commit: 0.3 } as const;
const halved = { dependsOn: "results", commit: 0.1 } as const;
const learned = { dependsOn: "order", commit: 0.1 } as const;

export const lawCases: { readonly [name: string]: LawCase } = {
  random: search,
  grid: { ...search, dependsOn: "losses" },
  latinHypercube: search,
  sobol: search,
  halton: search,
  rSequence: search,
  coarseToFine: { ...search, dependsOn: "order" },
  bayesopt: { ...learned, commit: 0, cheap: { askEffort: 64 } },
  tpe: { ...learned, cheap: { startup: 3, candidates: 5 } },
  differentialEvolution: { ...learned, cheap: { population: 5 } },
  successiveHalving: halved,
  hyperband: halved,
  asha: learned,
  asynchronousHyperband: learned,
  pasha: learned,
  medianRule: learned,
  caviar: { dependsOn: "nothing", commit: 0.1 },
  populationBased: learned,
  panda: halved,
  bohb: { ...learned, cheap: { candidates: 5 } },
  dehb: learned,
  gpHyperband: { ...learned, commit: 0.02, cheap: { askEffort: 64, kernel: "matern52", warp: "identity" } },
};
