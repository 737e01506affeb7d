import { emptyDisk, faultyDisk } from "@caviar-hpo/runtime/testing";
import { expect, test } from "vitest";
import { attempt } from "../../testing/memoryCampaign.ts";
import { tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";

const plan = tinyTrainingPlan({ strategies: [{ name: "random" }, { name: "asha" }], problems: ["curves-diverging-branin"] });
const { results } = await attempt(faultyDisk(emptyDisk), plan, {});

test("the timelines of a campaign are the runs of all strategies on the first problem with the first seed", () => {
  expect(results.timelines!.map(({ problem, strategy, seed }) => [problem, strategy, seed])).toEqual(
    results.strategies.map(({ label }) => ["curves-diverging-branin", label, 1]),
  );
  for (const { strategy, trainings } of results.timelines!) {
    const { training } = results.runs.find((run) => run.strategy === strategy && run.seed === 1)!;
    expect(trainings).toHaveLength(training!.measurements);
    expect(trainings.filter(({ failed }) => failed)).toHaveLength(training!.failures);
    expect(trainings.at(-1)!.spent).toBe(training!.spent);
    let spent = 0;
    const reached = new Map<number, number>();
    for (const { trial, from, until, added, spent: after } of trainings) {
      expect(from).toBe(reached.get(trial) ?? 0);
      expect(until).toBeGreaterThan(from);
      reached.set(trial, until);
      spent += added;
      expect(after, "what trainings add is what the run has spent").toBeCloseTo(spent, 9);
    }
  }
  expect(results.timelines!.find(({ strategy }) => strategy === "asha")!.trainings.some(({ from }) => from > 0)).toBe(true);
});

test("a campaign that counts evaluations has none", async () => {
  const counted = await attempt(faultyDisk(emptyDisk), tinyPlan({ strategies: [{ name: "random" }], problems: ["branin"] }), {});
  expect(counted.results.timelines).toBeUndefined();
});
