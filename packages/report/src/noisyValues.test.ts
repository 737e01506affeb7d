import { describe, expect, it } from "vitest";
import { campaign } from "../testing/campaign.ts";
import { analyse } from "./analysis/analysis.ts";
import { buildReport } from "./buildReport.ts";
import { rankingTable } from "./rankingTable.ts";
import type { CampaignResults } from "./results.ts";

/** Every run recommends its worst point, although it has evaluated better ones. */
function noisy(): CampaignResults {
  const results = campaign({ seeds: 14 });
  const runs = results.runs.map((run) => ({
    ...run,
    recommended: run.values.map((_, index) => Math.max(...run.values.slice(0, index + 1).map((value) => value!))),
  }));
  return { ...results, noise: "additive, sd 0.1 x interquartile range", runs };
}

describe("runs that were told noisy values", () => {
  it("are judged by what the strategy recommends in every number", () => {
    const results = noisy();
    const judged = analyse(results);
    // A campaign whose values are the recommendations has the same ranks and scores at the end of the budget.
    const oracle = analyse({
      ...results,
      runs: results.runs.map(({ recommended, ...run }) => ({ ...run, values: run.values.map(() => recommended!.at(-1)!) })),
    });
    expect(judged.final).toEqual(oracle.final);
    expect(judged.measures!.equivalents!.overall).toEqual(oracle.measures!.equivalents!.overall);
    expect(judged.measures!.anchored!.problems).toEqual(oracle.measures!.anchored!.problems);
    const best = analyse(campaign({ seeds: 14 }));
    const lastMedian = ({ problems }: typeof judged): number => problems[0]!.strategies[0]!.curve.at(-1)!.median;
    expect(lastMedian(judged)).toBeGreaterThan(lastMedian(best));
  });

  it("are described so in captions and definitions, and nothing calls their curves the best so far", () => {
    const { html, markdown } = buildReport(noisy());
    for (const page of [html, markdown]) {
      expect(page).toContain("Regret of the recommendation, evaluated without noise, on ");
      expect(page).toContain("x̂(n) is the configuration that it recommends after n evaluations");
      expect(page).not.toMatch(/best regret so far/i);
    }
  });

  it("have a warning if they do not say what the strategy recommends", () => {
    const { noise, ...rest } = noisy();
    const warningsOf = (results: CampaignResults): readonly string[] => rankingTable(results).warnings.map(({ text }) => text);
    expect(warningsOf({ noise, ...rest })).toEqual([]);
    const [first, ...others] = rest.runs;
    const { recommended: _none, ...silent } = first!;
    expect(warningsOf({ noise, ...rest, runs: [silent, ...others] })[0]).toMatch(/^The values are noisy, but 1 of 84 runs do not say what/);
    expect(warningsOf({ ...campaign({ seeds: 14 }), noise })[0]).toMatch(/^The values are noisy, but 84 of 84 runs do not say/);
    expect(warningsOf(campaign({ seeds: 14 }))).toEqual([]);
  });
});
