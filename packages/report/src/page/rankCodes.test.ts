import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { analyse } from "../analysis/analysis.ts";
import type { CampaignResults } from "../results.ts";
import { meanRanksAmong, readRankCodes, winsAmong, writeRankCodes } from "./rankCodes.ts";
import { rankingRows } from "./ranking.ts";

const whole = campaign({ strategies: ["random", "sobol", "grid", "tpe"], problems: ["a", "b", "c"], seeds: 5 });

/** The ranking of the whole campaign by label, as the page has it. */
function codesOf(results: CampaignResults) {
  const analysis = analyse(results);
  const { rows } = rankingRows(analysis).ranked!;
  return new Map(analysis.order.map((index, row) => [results.strategies[index]!.label, readRankCodes(writeRankCodes(rows[row]!))]));
}

function part(strategies: readonly string[], problems: readonly string[]): CampaignResults {
  return {
    ...whole,
    strategies: whole.strategies.filter(({ label }) => strategies.includes(label)),
    problems: whole.problems.filter(({ id }) => problems.includes(id)),
    runs: whole.runs.filter(({ strategy, problem }) => strategies.includes(strategy) && problems.includes(problem)),
  };
}

describe("the mean ranks that a page computes for what is shown", () => {
  const codes = codesOf(whole);

  it.each([
    [
      ["random", "sobol", "grid", "tpe"],
      ["a", "b", "c"],
    ],
    [
      ["random", "sobol", "grid", "tpe"],
      ["a", "c"],
    ],
    [["random", "grid", "tpe"], ["b"]],
  ])("are those of a campaign that has only %j on %j", (strategies, problems) => {
    const results = part(strategies, problems);
    const { final, anytime, reference } = analyse(results);
    const places = problems.map((id) => whole.problems.findIndex((problem) => problem.id === id));
    const shown = results.strategies.map(({ label }) => codes.get(label)!);
    for (const [endpoint, standing] of [["final", final!] as const, ["anytime", anytime!] as const]) {
      const means = meanRanksAmong(
        shown.map((one) => one[endpoint]),
        places,
      );
      means.forEach((mean, index) => expect(mean).toBeCloseTo(standing.meanRanks[index]!.value, 12));
    }
    shown.forEach(({ final: own }, index) => expect(winsAmong(own, shown[reference]!.final, places)).toEqual(final!.records[index]));
  });

  it("do not exist without a problem, or if the problems that are shown have no complete block", () => {
    const torn = { ...whole, runs: whole.runs.filter(({ strategy, problem }) => strategy !== "tpe" || problem !== "b") };
    const all = [...codesOf(torn).values()].map(({ final }) => final);
    expect(meanRanksAmong(all, [])).toEqual([null, null, null, null]);
    expect(meanRanksAmong(all, [1])).toEqual([null, null, null, null]);
    expect(meanRanksAmong(all, [0, 1])).toEqual(meanRanksAmong(all, [0]));
  });
});
