import { derive, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { campaign, uniformAnchor } from "../../testing/campaign.ts";
import { copiesOfRandom } from "../../testing/copies.ts";
import { phraseText } from "../page/phrase.ts";
import { speedUpRows } from "../page/sameQuality.ts";
import type { CampaignResults } from "../results.ts";
import { analyse } from "./analysis.ts";
import { type SpeedUps, speedUps } from "./speedUps.ts";
import { finalTarget } from "./targets.ts";

const key = root("speed-ups");

/** Strategies whose interval of the median speed-up lies above 1. */
function claimed({ overall }: SpeedUps): number {
  return overall.filter(({ share: { interval } }) => interval !== null && interval.high < 1).length;
}

describe("a worked example", () => {
  // Random points are uniform in 0 to 10. The level of the target after 7 evaluations is 1 - 2^(-1/7) = 0.094; the closest is 0.1, at 1.
  const at = (first: number): readonly number[] => Array.from({ length: 7 }, (_, index) => (index + 1 >= first ? 0.9 : 5));
  const hits: { readonly [label: string]: readonly number[] } = { random: [2, 4, 9, 6], fast: [1, 2, 1, 2], never: [9, 9, 9, 9] };
  const base = campaign({ strategies: Object.keys(hits), problems: ["p"], seeds: 4, budget: 7 });
  const results: CampaignResults = {
    ...base,
    problems: [{ ...base.problems[0]!, optimum: 0, anchors: { "": uniformAnchor(0, 10) } }],
    runs: base.runs.map((run) => ({ ...run, values: at(hits[run.strategy]![run.seed - 1]!) })),
  };
  const { speedUps: found } = analyse(results).measures!;
  const [random, fast, never] = found!.problems[0]!;

  it("has expected running times (2 + 4 + 7 + 6) / 3 and (1 + 2 + 1 + 2) / 4, and none without a success", () => {
    expect([random, fast, never].map((time) => time!.expected.value)).toEqual([19 / 3, 1.5, Infinity]);
    expect([random, fast, never].map((time) => [time!.successes, time!.runs])).toEqual([
      [3, 4],
      [4, 4],
      [0, 4],
    ]);
  });

  it("has the shares of the reference, and says on how many problems half of the runs get there", () => {
    expect([random, fast, never].map((time) => time!.share.value)).toEqual([1, 1.5 / (19 / 3), Infinity]);
    expect(found!.overall.map(({ reached }) => reached)).toEqual([1, 1, 0]);
  });

  it("compares a twin with its original, in a row of its own", () => {
    const twins = { ...results, strategies: results.strategies.map((one) => (one.label === "fast" ? { ...one, twinOf: "random" } : one)) };
    const analysis = analyse(twins);
    expect(analysis.controls[0]!.speedUp).toMatchObject({ reached: 1, share: { value: 1.5 / (19 / 3) } });
    const rows = speedUpRows(analysis, analysis.measures!.speedUps!).rows.map((row) => row.map(({ text }) => phraseText(text)));
    expect(rows.map(([label]) => label)).toEqual(["random", "never", "fast"]);
    expect(rows[2]).toEqual(["fast", "1 of 1", "against random: 4.2×", "–", "–"]);
  });

  it("has a target that no run of the campaign can move", () => {
    const other = { ...results, runs: results.runs.map((run) => ({ ...run, values: run.values.map((value) => value! / 100) })) };
    expect(analyse(other).measures!.speedUps!.problems[0]!.map(({ expected }) => expected.value)).toEqual([1, 1, 1]);
  });
});

describe("copies of random search", () => {
  const shape = { strategies: 8, problems: 8, seeds: 10, budget: 30 };

  it("reach the target in half of their runs, the reference as often as the others (fixed seed)", () => {
    const blocks = copiesOfRandom(derive(key, "copies"), { ...shape, seeds: 100 });
    const { problems } = speedUps(blocks, 0)!;
    const rates = problems[0]!.map((_, index) => problems.reduce((sum, problem) => sum + problem[index]!.successes, 0) / 800);
    // 1,000 levels between 0.02 and 0.05: the closest to 1 - 2^(-1/30) = 0.0228 is 0.02, which 45 % of the runs reach.
    expect(finalTarget(blocks[0]!)[0]!.values[0]).toBe(0.2);
    for (const rate of rates) expect(Math.abs(rate - (1 - 0.98 ** 30))).toBeLessThan(0.06);
  });

  it("show no speed-up (20 campaigns of 8 copies, 8 problems, 10 seeds)", () => {
    const claims = Array.from({ length: 20 }, (_, index) => claimed(speedUps(copiesOfRandom(derive(key, index), shape), 0)!));
    expect(claims.filter((count) => count > 0).length).toBeLessThanOrEqual(1);
  });
});
