import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { oneStep } from "../../testing/oneStep.ts";
import { buildReport } from "../buildReport.ts";
import { controlFindings } from "../findings/control.ts";
import { findings } from "../findings/findings.ts";
import { controlRows } from "../page/control.ts";
import { phraseText } from "../page/phrase.ts";
import { completenessRows } from "../page/whatWasRun.ts";
import type { CampaignResults } from "../results.ts";
import { analyse } from "./analysis.ts";

/** Declares that `twin` repeats `original`. */
function withTwin(results: CampaignResults, twin: string, original: string): CampaignResults {
  return {
    ...results,
    strategies: results.strategies.map((strategy) => (strategy.label === twin ? { ...strategy, twinOf: original } : strategy)),
  };
}

const seeds = 12;
const level = (value: number): readonly number[] => Array<number>(seeds).fill(value);
const either = (low: number, high: number, often: number): readonly number[] =>
  Array.from({ length: seeds }, (_, seed) => (seed % often === 0 ? low : high));

/** random 1, a 0.1, and a twin of random that wins every `often`-th block. */
function twinned(often: number): CampaignResults {
  return withTwin(oneStep(["random", "a", "again"], [[level(1), level(0.1), either(0.5, 2, often)]]), "again", "random");
}

describe("twins", () => {
  it("change no number but their own", () => {
    const all = campaign({ strategies: ["random", "sobol", "grid"], problems: ["branin", "levy-d6"], seeds: 8 });
    const { results: _one, campaign: _two, controls, ...found } = analyse(withTwin(all, "grid", "random"));
    const without = {
      ...all,
      strategies: all.strategies.filter(({ label }) => label !== "grid"),
      runs: all.runs.filter(({ strategy }) => strategy !== "grid"),
    };
    const { results: _three, campaign: _four, controls: none, ...expected } = analyse(without);
    expect(found).toEqual(expected);
    expect([controls.length, none.length]).toEqual([1, 0]);
  });

  it("are among what was run", () => {
    const analysis = analyse(twinned(2));
    expect(completenessRows(analysis).columns.map(({ title }) => phraseText(title))).toEqual([
      "problem",
      "evaluations",
      "random",
      "a",
      "again",
    ]);
    expect(analysis.results.strategies.map(({ label }) => label)).toEqual(["random", "a"]);
  });

  it("must repeat a strategy of the campaign that is no twin, with the same budget", () => {
    const results = campaign({ strategies: ["random", "sobol", "random x2"], seeds: 2 });
    expect(() => analyse(withTwin(results, "sobol", "grid"))).toThrow(/twinOf/);
    expect(() => analyse(withTwin(results, "sobol", "sobol"))).toThrow(/twinOf/);
    expect(() => analyse(withTwin(results, "random x2", "random"))).toThrow(/same evaluationsPerStep/);
  });
});

describe("the control", () => {
  it("ranks the pair among all strategies, and says that nothing separates them", () => {
    const analysis = analyse(twinned(2));
    // random ranks 3rd or 2nd among three, its twin 2nd or 3rd: six times each.
    expect(analysis.controls[0]).toMatchObject({ twin: "again", twinOf: "random", blocks: 12, problems: 1, apart: 0 });
    expect(analysis.controls[0]!.record).toEqual({ wins: 6, ties: 0, losses: 6 });
    expect(analysis.controls[0]!.difference!.value).toBeCloseTo(0, 12);
    expect(phraseText(controlFindings(analysis)[0]!.text)).toMatch(
      /^The control: again is random with other random numbers\. Their mean ranks differ by 0\.00 \(95 % interval −\d\.\d\d to \d\.\d\d\), and no test tells them apart, as it should be\.$/,
    );
    expect(
      controlRows(analysis)
        .rows[0]!.map(({ text }) => phraseText(text))
        .at(-1),
    ).toBe("no difference");
    expect(
      findings(analysis)
        .map(({ text }) => phraseText(text))
        .at(-1),
    ).toMatch(/^The control: /);
  });

  it("says plainly that a difference between equal strategies is a false alarm", () => {
    const analysis = analyse(twinned(99));
    expect(analysis.controls[0]!.difference!.interval!.low).toBeGreaterThan(0);
    expect(phraseText(controlFindings(analysis)[0]!.text)).toMatch(
      /\. This is a false alarm: this interval leaves out zero, and the tests per problem tell them apart on 1 of 1 problem, although the two are equal\./,
    );
    expect(
      controlRows(analysis)
        .rows[0]!.map(({ text }) => phraseText(text))
        .at(-1),
    ).toBe("false alarm");
  });

  it("has its own section, and none without a twin", () => {
    expect(buildReport(twinned(2)).markdown).toContain("\n## The control\n");
    expect(buildReport(oneStep(["random", "a"], [[level(1), level(2)]])).markdown).not.toContain("The control");
  });

  it("gives no interval for a single seed", () => {
    const one = withTwin(oneStep(["random", "a", "again"], [[[1], [2], [3]]]), "again", "random");
    expect(phraseText(controlFindings(analyse(one))[0]!.text)).toMatch(/ over 1 block\. There are too few seeds for an interval\.$/);
    expect(
      controlRows(analyse(one))
        .rows[0]!.map(({ text }) => phraseText(text))
        .at(-1),
    ).toBe("not testable");
  });
});
