import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Anchor, CampaignResults } from "@caviar-hpo/report";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { describe, expect, it, test } from "vitest";
import { inFolder, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import { openArena } from "../arena/arenas.ts";
import { arenaSpecOf } from "../plan/cells.ts";
import { hashOf, type Plan } from "../plan/plan.ts";
import { anchorOf, anchorsIn } from "./anchors.ts";
import { runCampaign } from "./campaign.ts";

const command = "npm run bench -- --plan tiny";

function campaign(folder: string, plan: Plan): Promise<CampaignResults> {
  return runCampaign(plan, folder, { command, workers: 1 });
}

/** The anchors of one problem of a plan with the seeds 1 and 2, as if its runs were finished. */
function anchorsOf(plan: Plan, folder = "nowhere"): { readonly [seed: string]: Anchor } | undefined {
  const specs = [1, 2].map((seed) => arenaSpecOf(plan, plan.problems[0]!, seed));
  const place = { disk: nodeDisk, folder, planHash: hashOf(plan), readOnly: folder === "nowhere" };
  const facts = anchorsIn(
    place,
    specs.map((spec) => ({ spec, open: () => openArena(spec, new Map()) })),
  );
  return facts(specs[0]!.problem).anchors;
}

describe("the anchor of a sample", () => {
  it("has the order statistics from the median down to the best point, and counts points without a value", () => {
    const anchor = anchorOf(Float64Array.of(8, 3, 5, 1, 7, 2, 6, 4, NaN, Infinity))!;
    expect(anchor).toEqual({ evaluations: 10, median: 4, levels: [0.5, 0.4, 0.3, 0.2, 0.1], values: [5, 4, 3, 2, 1] });
    // More than half of the points have no value: no quantile beyond their share exists.
    expect(anchorOf(Float64Array.of(2, 1, NaN, NaN, NaN, NaN))).toEqual({
      evaluations: 6,
      median: 1,
      levels: [2 / 6, 1 / 6],
      values: [2, 1],
    });
    expect(anchorOf(Float64Array.of(NaN, NaN))).toBeNull();
    expect(anchorOf(Float64Array.of(7))).toEqual({ evaluations: 1, median: 7, levels: [1], values: [7] });
  });

  it("has about forty levels, each about a fifth below the one before", () => {
    const { levels } = anchorOf(Float64Array.from({ length: 10_000 }, (_, index) => index))!;
    expect([levels.length, levels[0], levels.at(-1)]).toEqual([41, 0.5, 1e-4]);
    for (let place = 1; place < levels.length; place++) expect(levels[place]! / levels[place - 1]!).toBeLessThan(0.87);
  });
});

test("the quantiles are those of the closed form (sphere in two dimensions, published box, five standard errors)", () => {
  // Below a value y, the points of the box [-5.12, 5.12]^2 are those of a disc: F = pi y / 10.24^2.
  const { "": anchor } = anchorsOf(tinyPlan({ problems: ["sphere-d2"], instances: "published", noise: null }))!;
  anchor!.levels.forEach((level, place) => {
    if (level > 0.4) return;
    const exact = (Math.PI * anchor!.values[place]!) / 10.24 ** 2;
    expect(Math.abs(exact - level)).toBeLessThan(5 * Math.sqrt((level * (1 - level)) / 10_000));
  });
});

describe("the anchors of a campaign", () => {
  it("are one for a box that all seeds share, and one per seed where each has its own", () => {
    expect(Object.keys(anchorsOf(tinyPlan({ problems: ["branin"], instances: "published" }))!)).toEqual([""]);
    expect(Object.keys(anchorsOf(tinyPlan({ problems: ["branin"] }))!)).toEqual(["1", "2"]);
    expect(Object.keys(anchorsOf(tinyPlan({ problems: ["bbob-f8-d5-i{seed}"], instances: "published" }))!)).toEqual(["1", "2"]);
    expect(Object.keys(anchorsOf(tinyTrainingPlan({ problems: ["mf-hartmann3-good"] }))!)).toEqual(["1", "2"]);
  });

  it("do not depend on what the plan compares, on its noise or on its budget", () => {
    const plain = anchorsOf(tinyPlan({ problems: ["branin"] }));
    const other = tinyPlan({
      problems: ["branin", "levy-d6"],
      strategies: [{ name: "halton" }],
      noise: null,
      budget: 40,
      initialPoints: 0,
    });
    expect(anchorsOf(other)).toEqual(plain);
  });

  it("are in the results and in the folder, and are the same if the file is lost, damaged or of another plan", () =>
    inFolder(async (folder) => {
      const plan = tinyPlan({ problems: ["branin"], strategies: [{ name: "random" }] });
      const first = await campaign(folder, plan);
      expect(first.problems[0]!.anchors).toEqual(anchorsOf(plan));
      const path = join(folder, "anchors.json");
      const text = readFileSync(path, "utf8");
      rmSync(path);
      expect(await campaign(folder, plan)).toEqual(first);
      expect(readFileSync(path, "utf8")).toBe(text);
      for (const damaged of [
        text.slice(0, 100),
        text.replace(/"median":[^,]*/, '"median":"high"'),
        text.replace(hashOf(plan), "0".repeat(64)),
      ]) {
        writeFileSync(path, damaged);
        expect(anchorsOf(plan, folder)).toEqual(first.problems[0]!.anchors);
      }
    }));

  it("say that random search in a campaign is worth about its own budget", () =>
    inFolder(async (folder) => {
      const shape = { problems: ["branin"], instances: "published", noise: null, seeds: { count: 40 }, budget: 30, initialPoints: 0 };
      const { runs, problems } = await campaign(folder, tinyPlan({ ...shape, strategies: [{ name: "random" }] }));
      const better = runs.filter(({ strategy, values }) => {
        if (strategy !== "random") return false;
        const { levels, values: quantiles } = problems[0]!.anchors![""]!;
        // The value that the best of 30 random points is below with a chance of one half.
        const half = levels.findIndex((level) => level <= 1 - 2 ** (-1 / 30));
        return Math.min(...values.map((value) => value!)) <= quantiles[half]!;
      });
      expect(Math.abs(better.length - 20)).toBeLessThan(10);
    }));
});
