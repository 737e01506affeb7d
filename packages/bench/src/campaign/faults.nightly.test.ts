/** The fault matrix of campaign folders at night: every point, for campaigns that count evaluations and for those that count resource. */
import { describe, expect, it } from "vitest";
import { campaignRows } from "../../testing/campaignRows.ts";
import { tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";

const plans = {
  evaluations: tinyPlan({ seeds: { count: 1 }, budget: 6, strategies: [{ name: "random" }, { name: "sobol" }] }),
  resource: tinyTrainingPlan({ seeds: { count: 1 }, strategies: [{ name: "asha" }], problems: ["counting-ones-c2-r2"] }),
};

describe.each(Object.entries(plans))("in a campaign that counts %s", (_name, plan) => {
  it.each(campaignRows)("%s", async (_name, { run, everyAtNight }) => {
    const { points, failures } = await run({ plan, every: everyAtNight });
    expect(failures).toEqual([]);
    expect(points).toBeGreaterThan(2);
  });
});
