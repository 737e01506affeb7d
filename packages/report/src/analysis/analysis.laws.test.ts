import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import type { CampaignResults } from "../results.ts";
import { type Analysis, analyse } from "./analysis.ts";

const labels = ["random", "sobol", "grid", "random x2"];
const shapes = fc.record({
  strategies: fc.shuffledSubarray(labels, { minLength: 2 }),
  problems: fc.shuffledSubarray(["branin", "levy-d6", "ackley-d5"], { minLength: 1 }),
  seeds: fc.integer({ min: 1, max: 5 }),
  budget: fc.integer({ min: 1, max: 8 }),
});

/** All numbers of one strategy that do not come from comparing it with others. */
function scoresOf(analysis: Analysis, label: string): unknown {
  const index = analysis.results.strategies.findIndex((strategy) => strategy.label === label);
  return analysis.problems.map(({ strategies }) => {
    const { runs, failures, endedEarly, curve, anytime } = strategies[index]!;
    return { runs, failures, endedEarly, curve, anytime };
  });
}

function withValues(results: CampaignResults, change: (value: number, problem: string) => number): CampaignResults {
  return {
    ...results,
    runs: results.runs.map((run) => ({ ...run, values: run.values.map((value) => (value === null ? null : change(value, run.problem))) })),
  };
}

describe("the analysis", () => {
  it("gives a strategy the same scores whichever others take part", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const all = analyse(campaign({ ...shape, strategies: labels }));
        const some = analyse(campaign(shape));
        for (const label of shape.strategies) expect(scoresOf(some, label)).toEqual(scoresOf(all, label));
      }),
      { numRuns: 15 },
    );
  });

  it("gives the same ranks for an increasing transform of the regret", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const results = campaign(shape);
        const optimum = new Map(results.problems.map((problem) => [problem.id, problem.optimum]));
        const transformed = withValues(results, (value, problem) => {
          const regret = value - optimum.get(problem)!;
          return optimum.get(problem)! + regret * regret * 3 + regret;
        });
        const rank = (analysis: Analysis): unknown => analysis.final!.meanRanks;
        expect(rank(analyse(transformed))).toEqual(rank(analyse(results)));
        expect(analyse(transformed).ranksOverBudget).toEqual(analyse(results).ranksOverBudget);
      }),
      { numRuns: 15 },
    );
  });

  it("depends on labels only through the reference", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const results = campaign(shape);
        const renamed = (label: string): string => (label === "random" ? label : `renamed ${label}`);
        const relabelled: CampaignResults = {
          ...results,
          strategies: results.strategies.map((strategy) => ({ ...strategy, label: renamed(strategy.label) })),
          runs: results.runs.map((run) => ({ ...run, strategy: renamed(run.strategy) })),
        };
        const { results: _one, campaign: _before, ...before } = analyse(results);
        const { results: _two, campaign: _after, ...after } = analyse(relabelled);
        expect(after).toEqual(before);
      }),
      { numRuns: 15 },
    );
  });

  it("does not depend on the order of the runs", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const results = campaign(shape);
        const { results: _one, campaign: _before, ...before } = analyse(results);
        const { results: _two, campaign: _after, ...after } = analyse({ ...results, runs: [...results.runs].reverse() });
        expect(after).toEqual(before);
      }),
      { numRuns: 10 },
    );
  });

  it("has mean ranks that average (k + 1) / 2, and intervals around them", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { final, anytime } = analyse(campaign(shape));
        for (const standing of [final!, anytime!]) {
          const count = standing.meanRanks.length;
          const total = standing.meanRanks.reduce((sum, { value }) => sum + value, 0);
          expect(total / count).toBeCloseTo((count + 1) / 2, 10);
          for (const { value, interval } of [...standing.meanRanks, ...standing.behind]) {
            expect(interval === null).toBe(shape.seeds < 2);
            if (interval !== null) expect(interval.low - 1e-9 <= value && value <= interval.high + 1e-9).toBe(true);
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});
