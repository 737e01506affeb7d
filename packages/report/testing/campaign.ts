/** Small campaigns for tests: values are drawn from keyed streams, so each is the same everywhere. */
import { derive, root, stream } from "@caviar-hpo/core";
import type { Anchor, CampaignResults, ProblemFacts, RunResult, StrategyCard } from "../src/results.ts";

export type CampaignShape = {
  readonly strategies: readonly string[];
  readonly problems: readonly string[];
  readonly seeds: number;
  readonly budget: number;
};

export const smallShape: CampaignShape = {
  strategies: ["random", "sobol", "random x2"],
  problems: ["branin", "levy-d6"],
  seeds: 6,
  budget: 12,
};

/** Strategies whose label ends in `x2` spend two evaluations a step. `sobol` is better than the others by a factor. */
export function campaign(shape: Partial<CampaignShape> = {}): CampaignResults {
  const { strategies, problems, seeds, budget } = { ...smallShape, ...shape };
  const strategyCards = strategies.map(
    (label): StrategyCard => ({ label, name: label, version: 1, options: {}, evaluationsPerStep: label.endsWith("x2") ? 2 : 1 }),
  );
  const problemCards = problems.map(
    (id, index): ProblemFacts => ({
      id,
      title: `Problem ${id}`,
      dimensions: 2 + index,
      optimum: index,
      tolerance: 1e-12,
      tags: ["multimodal"],
      anchors: { "": uniformAnchor(index, 10) },
      source: "Molga and Smutnicki 2005",
      budget,
    }),
  );
  const seedList = Array.from({ length: seeds }, (_, index) => index + 1);
  return {
    name: "small",
    title: "A small campaign",
    question: "Does anything beat random search?",
    planHash: "0123456789abcdef".repeat(4),
    dataHash: "fedcba9876543210".repeat(4),
    command: "npm run bench -- small",
    initialPoints: 2,
    noise: "none",
    strategies: strategyCards,
    problems: problemCards,
    seeds: seedList,
    runs: problemCards.flatMap((problem) => strategyCards.flatMap((strategy) => seedList.map((seed) => run(problem, strategy, seed)))),
  };
}

/** The exact anchor of a value that is uniform in [low, low + width], as if from 1,000 points. */
export function uniformAnchor(low: number, width: number): Anchor {
  const levels = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
  return { evaluations: 1000, median: low + width / 2, levels, values: levels.map((level) => low + level * width) };
}

function run(problem: ProblemFacts, strategy: StrategyCard, seed: number): RunResult {
  const source = stream(derive(root("test campaign"), problem.id, strategy.label, seed));
  const scale = strategy.label === "sobol" ? 2 : 10;
  const values = Array.from({ length: problem.budget * strategy.evaluationsPerStep }, () => problem.optimum + scale * source.uniform());
  return { problem: problem.id, strategy: strategy.label, seed, values };
}
