import type { RunCosts } from "@caviar-hpo/report";
import { expect, test } from "vitest";
import { cellOf, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import { openArena } from "../arena/arenas.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { run } from "./run.ts";

function costsOf(cell: CampaignCell): RunCosts {
  const { spent, failed } = run({ cell, arena: () => openArena(cell.arena, new Map()), recorded: [], onLine: () => {} });
  expect(failed).toBeNull();
  return spent;
}

/** The run ends in the last job of the first round: it may start while one unit of the budget is left. */
function oneRoundOfHyperband(problem: string, resource: number): RunCosts {
  const plan = tinyTrainingPlan({ strategies: [{ name: "hyperband" }], problems: [problem] });
  const cell = cellOf(plan, "hyperband", problem);
  return costsOf({ ...cell, budget: { ...cell.budget, units: (resource - 1) / 81 } });
}

test("one round of Hyperband with R = 81 and eta = 3 costs 1,581 epochs with checkpoints, 1,902 from scratch (table 1 of Li et al. 2018)", () => {
  expect(oneRoundOfHyperband("curves-aligned-branin", 1581)).toMatchObject({ resource: 1581, scratch: 1902 });
});

test("without checkpoints both are the same", () => {
  const plan = tinyTrainingPlan({ strategies: [{ name: "hyperband", options: { eta: 9 } }], problems: ["mf-hartmann3-good"] });
  const { resource, scratch } = costsOf(cellOf(plan, "hyperband", "mf-hartmann3-good"));
  expect(resource).toBeGreaterThanOrEqual(4);
  expect(scratch).toBe(resource);
});

test("where evaluations are counted, all four are their number", () => {
  expect(costsOf(cellOf(tinyPlan(), "random x2", "branin"))).toEqual({ evaluations: 24, resource: 24, scratch: 24, time: 24 });
});
