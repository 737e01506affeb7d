import { expect, test } from "vitest";
import { readPlan } from "../plan/plan.ts";
import { estimateCampaign } from "./estimate.ts";

const plan = readPlan({
  name: "tiny",
  seeds: "1..4",
  budget: 8,
  strategies: [{ name: "random" }, { label: "random x2", name: "random", evaluationsPerStep: 2 }, { module: "./none.mjs#card" }],
  problems: ["branin", "sphere-d2", "sphere-d3", "sphere-d4", { module: "./none.mjs#problem", label: "own" }],
});

/** A clock that is so much later whenever it is read. */
function clock(stepMs: number): () => number {
  let nowMs = 0;
  return () => {
    nowMs += stepMs;
    return nowMs;
  };
}

test("counts runs and evaluations, twin included, and measures what a run costs", async () => {
  const { runs, strategies, sample } = await estimateCampaign(plan, clock(10));
  expect(runs).toBe(4 * 4 * 5);
  expect(strategies.map(({ label, runs: of, units }) => [label, of, units])).toEqual([
    ["random", 20, 160],
    ["random x2", 20, 320],
    ["none", 20, 160],
    ["random again", 20, 160],
  ]);
  expect(sample).toEqual(["branin", "sphere-d3", "sphere-d4"]);
  // The clock is read once at the start, once for each evaluation, and once at the end.
  expect(strategies.map(({ secondsPerRun, isCut }) => [secondsPerRun, isCut])).toEqual([
    [expect.closeTo(0.09, 12), false],
    [expect.closeTo(0.17, 12), false],
    [null, false],
    [expect.closeTo(0.09, 12), false],
  ]);
});

test("stops a run after a second, and takes its beginning for the whole", async () => {
  const { strategies } = await estimateCampaign(plan, clock(300));
  // The fourth evaluation is over after 1.2 seconds.
  expect(strategies[0]).toMatchObject({ secondsPerRun: expect.closeTo(2.4, 12), isCut: true });
  expect(strategies[1]).toMatchObject({ secondsPerRun: expect.closeTo(4.8, 12), isCut: true });
});

test("counts resource in full trainings", async () => {
  const spending = readPlan({
    name: "tiny",
    seeds: "1..2",
    budget: { fullTrainings: 3 },
    strategies: [{ name: "asha" }],
    problems: ["counting-ones-c2-r2"],
  });
  const { strategies } = await estimateCampaign(spending, clock(400));
  expect(strategies).toMatchObject([
    { label: "asha", runs: 2, units: 6, isCut: true },
    { label: "asha again", runs: 2, units: 6, isCut: true },
  ]);
  expect(strategies[0]!.secondsPerRun).toBeGreaterThan(1.2);
});
