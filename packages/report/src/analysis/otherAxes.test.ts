import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { resourceCampaign } from "../../testing/resourceCampaign.ts";
import { buildReport } from "../buildReport.ts";
import type { CampaignResults } from "../results.ts";
import { analyse } from "./analysis.ts";
import { otherAxes } from "./otherAxes.ts";

const base = resourceCampaign({ problems: ["curves"], seeds: 3, points: 12 });

/** The results with another training in each run. */
function changed(change: (training: NonNullable<CampaignResults["runs"][number]["training"]>) => object): CampaignResults {
  return { ...base, runs: base.runs.map((run) => ({ ...run, training: { ...run.training!, ...change(run.training!) } })) };
}

describe("axes that the plan does not declare", () => {
  it("are those on which all runs say what they had spent", () => {
    const kinds = (results: CampaignResults): readonly string[] => otherAxes(results).map(({ kind }) => kind);
    expect(kinds(base)).toEqual(["evaluations", "scratch", "time"]);
    expect(kinds(changed(({ costs }) => ({ costs: costs!.map((one) => ({ ...one, time: null })) })))).toEqual(["evaluations", "scratch"]);
    const { costs: _costs, ...first } = base.runs[0]!.training!;
    expect(kinds({ ...base, runs: [{ ...base.runs[0]!, training: first }, ...base.runs.slice(1)] })).toEqual([]);
    expect(kinds(campaign())).toEqual([]);
  });

  it("reach from a small part to the most that a run has spent, for a budget and not for twice the budget", () => {
    const [evaluations, scratch, time] = otherAxes(base).map(({ problems }) => problems[0]!.axis.positions);
    expect([evaluations!.at(-1), scratch!.at(-1), time!.at(-1)]).toEqual([32, 12, 800]);
    expect(evaluations![0]).toBeCloseTo(1, 9);
    expect(time![0]).toBeCloseTo(800 / 300, 9);
  });

  it("show at each position the last recommendation that was paid for by then", () => {
    const { results, problems } = analyse(base);
    const [{ curves, axis }] = otherAxes(base).at(-1)!.problems as never as [
      { curves: { median: number }[][]; axis: { positions: number[] } },
    ];
    results.strategies.forEach(({ label, evaluationsPerStep }, strategy) => {
      const runs = results.runs.filter((run) => run.strategy === label);
      axis.positions.forEach((position, step) => {
        // A naive median of three.
        const logs = runs.map(({ values, training }) => {
          const paid = training!.costs!.filter(({ time }) => time! <= position * evaluationsPerStep).length;
          return paid === 0 ? Infinity : Math.log10(Math.max(values[paid - 1]! - problems[0]!.card.optimum, 1e-12));
        });
        const middle = logs.sort((a, b) => a - b)[1]!;
        if (middle < Infinity) expect(curves[strategy]![step]!.median).toBeCloseTo(middle, 9);
        else expect(curves[strategy]![step]!.median).toBe(Infinity);
      });
    });
  });

  it("have figures with their own files, which the Markdown page leaves out", () => {
    const { files, html, markdown } = buildReport(base);
    const names = files.map(({ name }) => name);
    for (const kind of ["evaluations", "scratch", "time"])
      for (const name of [`rank-over-${kind}`, `curves-1-curves-over-${kind}`]) {
        expect(names).toEqual(expect.arrayContaining(["svg", "csv", "json"].map((form) => `fig/${name}.${form}`)));
        expect(html).toContain(`--figure ${name}<`);
        expect(markdown).not.toContain(name);
      }
    expect(files.find(({ name }) => name === "fig/rank-over-time.csv")!.text).not.toContain("low");
  });
});
