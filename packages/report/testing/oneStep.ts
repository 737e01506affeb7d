/** Campaigns whose every number can be worked out by hand: one counted step a run, f* = 0, random points uniform in 0 to 10. */
import type { CampaignResults, RunResult } from "../src/results.ts";
import { campaign, uniformAnchor } from "./campaign.ts";

/** `values[problem][strategy][seed]`; a strategy that may spend several evaluations a step spends them all on the same value. */
export function oneStep(labels: readonly string[], values: readonly (readonly (readonly (number | null)[])[])[]): CampaignResults {
  const results = campaign({
    strategies: labels,
    problems: values.map((_, index) => `p${index}`),
    seeds: values[0]![0]!.length,
    budget: 1,
  });
  return {
    ...results,
    problems: results.problems.map((problem) => ({ ...problem, optimum: 0, anchors: { "": uniformAnchor(0, 10) } })),
    runs: results.problems.flatMap((problem, index) =>
      results.strategies.flatMap((strategy, place) =>
        results.seeds.map((seed, position): RunResult => {
          const value = values[index]![place]![position]!;
          return { problem: problem.id, strategy: strategy.label, seed, values: Array(strategy.evaluationsPerStep).fill(value) };
        }),
      ),
    ),
  };
}
