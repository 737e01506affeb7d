import { describe, expect, it } from "vitest";
import { oneStep } from "../../testing/oneStep.ts";
import { breakEven } from "../page/overhead.ts";
import type { CampaignResults } from "../results.ts";
import { analyse } from "./analysis.ts";
import { stepsWithin } from "./overhead.ts";

/** Two evaluations a run. `a` finds less in each, and its second ask takes 10 seconds. */
function timedCampaign(): CampaignResults {
  const results = oneStep(["random", "a"], [Array.from({ length: 2 }, () => Array<number>(8).fill(1))]);
  return {
    ...results,
    problems: results.problems.map((problem) => ({ ...problem, budget: 2 })),
    runs: results.runs.map((run) =>
      run.strategy === "random" ? { ...run, values: [4, 2], askSeconds: [0, 0] } : { ...run, values: [5, 1], askSeconds: [0, 10] },
    ),
  };
}

describe("the steps that begin in a time", () => {
  it.each([
    [[0, 0], { cost: 1, seconds: 2, perStep: 1 }, 2],
    [[0, 10], { cost: 1, seconds: 2, perStep: 1 }, 1],
    [[3, 0], { cost: 1, seconds: 2, perStep: 1 }, 0],
    [[0, 10], { cost: 10, seconds: 30, perStep: 1 }, 2],
    [[1, 1, 1, 1], { cost: 1, seconds: 5, perStep: 2 }, 1],
    [[], { cost: 2, seconds: 7, perStep: 1 }, 4],
  ])("asks of %j with %j: %i", (asks, course, steps) => {
    expect(stepsWithin(asks, course)).toBe(steps);
  });
});

describe("overhead", () => {
  const analysis = analyse(timedCampaign());

  it("is the median of each ask over the runs", () => {
    expect(analysis.overhead!.strategies).toEqual([
      { runs: 8, askSeconds: [0, 0], runSeconds: 0 },
      { runs: 8, askSeconds: [0, 10], runSeconds: 10 },
    ]);
  });

  it("lets a slow strategy make its last step once evaluations are so expensive that it begins in the time of the reference", () => {
    // The last step begins after 10 seconds and one evaluation, and the reference takes two evaluations.
    const { costs, meanRanks } = analysis.overhead!;
    costs.forEach((cost, place) => expect(meanRanks[1]![place]!.value).toBe(cost > 10 * (1 + 1e-6) ? 1 : 2));
    expect(breakEven(analysis.overhead!, 1, 0)).toBe(costs.find((cost) => cost > 10 * (1 + 1e-6)));
    expect(breakEven(analysis.overhead!, 0, 1)).toBe(Infinity);
  });

  it("breaks even where the reference takes as long", () => {
    const even = analyse({
      ...timedCampaign(),
      runs: timedCampaign().runs.map((run) => (run.strategy === "random" ? { ...run, askSeconds: [0, 10] } : run)),
    });
    expect(even.overhead!.meanRanks[1]!.map(({ value }) => value)).toEqual(even.overhead!.costs.map(() => 1));
    expect(breakEven(even.overhead!, 1, 0)).toBeCloseTo(0.001, 9);
  });

  it("is not compared where a run has no times, and is not there where none has", () => {
    const { runs, ...results } = timedCampaign();
    const [{ askSeconds: _, ...first }, ...others] = runs as [(typeof runs)[number], ...typeof runs];
    expect(analyse({ ...results, runs: [first, ...others] }).overhead!.meanRanks).toEqual([]);
    expect(analyse({ ...results, runs: runs.map(({ askSeconds: __, ...run }) => run) }).overhead).toBeNull();
  });
});
