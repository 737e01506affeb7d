/**
 * The fault matrix of campaign folders, as far as it needs no process, and a planted bug for each row: the row must find it. All points run
 * at night.
 */
import { expect, test } from "vitest";
import { campaignRows } from "../../testing/campaignRows.ts";
import { tinyPlan } from "../../testing/plans.ts";

const plan = tinyPlan({
  seeds: { count: 1 },
  budget: 4,
  initialPoints: 1,
  noise: null,
  strategies: [{ name: "random" }, { name: "sobol" }],
  problems: ["branin"],
});

test.each(campaignRows)("%s", async (_name, { run, every }) => {
  const { points, failures } = await run({ plan, every });
  expect(failures).toEqual([]);
  expect(points).toBeGreaterThan(2);
});

test.each(campaignRows)("%s: the row finds a planted bug", async (_name, { run, every, planted }) => {
  expect((await run({ plan, every, wrap: planted })).failures).not.toEqual([]);
});
