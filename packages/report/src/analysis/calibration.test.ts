import { normalQuantile } from "@caviar-hpo/numerics";
import { expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { buildReport } from "../buildReport.ts";
import { calibrations } from "./calibration.ts";

/** Values at the centres of equal parts of what was predicted, stretched by `factor`. */
const predicted = (factor: number, count = 1000) =>
  Array.from({ length: count }, (_, index) => ({ mean: 3, sd: 2, value: 3 + 2 * factor * normalQuantile((index + 0.5) / count) }));

it("right predictions contain as many values as they say, and bold ones fewer", () => {
  const results = campaign({ seeds: 2 });
  const runs = results.runs.map((run) => ({ ...run, predictions: run.strategy === "sobol" ? predicted(1) : predicted(2) }));
  const [bold, right] = calibrations({ ...results, runs });
  expect(right!.coverage).toEqual([0.5, 0.8, 0.95]);
  for (const share of right!.histogram) expect(share).toBeCloseTo(0.1, 12);
  expect(right!.count).toBe(4000);
  // 2 Phi(1.96 / 2) - 1, from a table.
  expect(bold!.coverage[2]).toBeCloseTo(0.673, 2);
  expect(bold!.histogram[0]).toBeGreaterThan(0.2);
});

it("a prediction without a spread counts as none, and the page says nothing about a strategy without predictions", () => {
  const results = campaign({ seeds: 2 });
  const runs = results.runs.map((run) => ({ ...run, predictions: [{ mean: 1, sd: 0, value: 1 }] }));
  expect(calibrations({ ...results, runs })).toEqual([]);
  expect(buildReport({ ...results, runs }).html).not.toContain("How well the strategies predicted");
});
