/**
 * Variants of the optimiser that the laws are checked on, all with the least effort that an ask may take and the model from the third trial
 * on.
 */
import { compose, type Strategy } from "@caviar-hpo/core";
import { type BayesoptOptions, bayesoptSampler } from "../src/index.ts";
import { ladder } from "./ladder.ts";
import { searchWith } from "./studies.ts";

export type LawCase = { readonly name: string; readonly create: () => Strategy };

function lawCase(name: string, options: BayesoptOptions): LawCase {
  return { name, create: () => searchWith(bayesoptSampler({ askEffort: 64, initial: 2, ...options })) };
}

/** Trained step by step. */
export const ladderCase: LawCase = {
  name: "bayesopt on a ladder",
  create: () => compose(ladder, bayesoptSampler({ askEffort: 64, initial: 2, kernel: "matern52", warp: "identity" })),
};

/** With costs, for spaces with beliefs. */
export const weighedCase: LawCase = lawCase("bayesopt with beliefs and costs", { costPower: 1, kernel: "matern52", warp: "identity" });

export const allCases: readonly LawCase[] = [
  lawCase("bayesopt", {}),
  ladderCase,
  lawCase("bayesopt of exact values", { noise: "none", acquisition: "logEI" }),
  lawCase("bayesopt of noisy values", { noise: "learned" }),
  lawCase("bayesopt by probability of improvement", { acquisition: "logPI" }),
  lawCase("bayesopt by confidence bounds", { acquisition: "lowerConfidenceBound" }),
  lawCase("bayesopt by Thompson sampling", { acquisition: "thompson" }),
  lawCase("bayesopt per second", { costPower: 1 }),
];
