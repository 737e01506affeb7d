import { describe, expect, it } from "vitest";
import { resourceCampaign } from "../../testing/resourceCampaign.ts";
import { everyNode, parseMarkup } from "../../testing/strictMarkup.ts";
import { analyse } from "../analysis/analysis.ts";
import { buildReport } from "../buildReport.ts";
import type { CampaignResults, TimelineTraining } from "../results.ts";
import type { Figure } from "./figure.ts";
import { timelineFigure } from "./timeline.ts";

const base = resourceCampaign({ problems: ["curves"], seeds: 2, points: 6 });
const training = (trial: number, from: number, until: number, spent: number): TimelineTraining => ({
  ...{ trial, from, until, spent },
  added: (until - from) / 81,
  failed: false,
});

const figureOf = (results: CampaignResults): Figure | null => timelineFigure(analyse(results));

describe("the timeline of a run", () => {
  const files = new Map(buildReport(base).files.map(({ name, text }) => [name, text]));

  it("has a panel for each strategy that stops trainings early, and rows for all", () => {
    const panels = everyNode(parseMarkup(files.get("fig/timeline.svg")!))
      .map(({ attributes }) => attributes["data-strategy"])
      .filter((strategy) => strategy !== undefined);
    expect(panels.sort()).toEqual(["asha", "hyperband"]);
    const rows = files.get("fig/timeline.csv")!.trimEnd().split("\n");
    expect(rows[0]).toBe('problem,strategy,seed,trial,from,epoch,"full trainings",promotion,failed');
    const found = new Set(rows.slice(1).map((row) => row.split(",")[1]));
    expect(found).toEqual(new Set(["random", '"random x2"', "hyperband", "asha"]));
    expect(files.get("fig/timeline.svg")).toContain("12 trials, 4 promotions, 4 trained to the end");
  });

  it("takes rungs that a trial passes without waiting as one training, if the run has one worker", () => {
    // Trial 1 passes the first rung. Trial 0 waits there.
    const trainings = [training(0, 0, 9, 1 / 9), training(1, 0, 9, 2 / 9), training(1, 9, 27, 4 / 9), training(0, 9, 27, 6 / 9)];
    const timelines = [{ problem: "curves", strategy: "asha", seed: 1, trainings }];
    const promotionsWith = (workers: number): readonly unknown[] =>
      figureOf({ ...base, timelines, resource: { ...base.resource!, workers } })!.table.rows.map((row) => row.at(-2));
    expect(promotionsWith(1)).toEqual([0, 0, 0, 1]);
    expect(promotionsWith(4), "with more workers, records do not tell").toEqual([0, 0, 1, 1]);
  });

  it("is left out if every training goes to the end, or if nothing is known", () => {
    const withoutHalving = base.timelines!.filter(({ strategy }) => strategy.startsWith("random"));
    expect(figureOf({ ...base, timelines: withoutHalving })).toBeNull();
    expect(figureOf({ ...base, timelines: [] })).toBeNull();
  });

  it("hardly grows with a run that is ten times as long", () => {
    const trainings = (count: number): readonly TimelineTraining[] =>
      Array.from({ length: count }, (_, trial) => training(trial, 0, 27, ((trial + 1) * 8) / count));
    const sizeOf = (count: number): number => {
      const timelines = [{ problem: "curves", strategy: "asha", seed: 1, trainings: trainings(count) }];
      return figureOf({ ...base, timelines })!
        .drawing.body.map(({ markup }) => markup)
        .join("").length;
    };
    expect(sizeOf(20_000)).toBeLessThan(1.5 * sizeOf(2000));
  });
});
