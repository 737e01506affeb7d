import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { oneStep } from "../../testing/oneStep.ts";
import { rankingTable } from "../rankingTable.ts";
import type { CampaignResults } from "../results.ts";
import { analyse } from "./analysis.ts";
import { stepAt } from "./ranksOverBudget.ts";

describe("the analysis of a worked example", () => {
  const { final, problems } = analyse(
    oneStep(
      ["s0", "s1"],
      [
        [
          [1, 1, 1, 1],
          [0.1, 0.1, 0.01, 1],
        ],
      ],
    ),
  );

  it("ranks within each seed and averages", () => {
    expect(final!.meanRanks.map(({ value }) => value)).toEqual([1.875, 1.125]);
    expect(final!.leader).toBe(1);
    expect(final!.behind.map(({ value }) => value)).toEqual([0.75, 0]);
  });

  it("takes the first strategy as the reference where none is called random", () => {
    // Differences -1, -1, -2, 0: Walsh averages -2, -1.5, -1.5, -1, -1, -1, -1, -0.5, -0.5, 0.
    expect(problems[0]!.strategies[1]!.comparison!.factor.value).toBeCloseTo(-1, 12);
    expect(final!.records[1]).toEqual({ wins: 3, ties: 1, losses: 0 });
  });

  it("says that four seeds cannot reach the level", () => {
    expect(problems[0]!.strategies[0]!.comparison).toBeNull();
    expect(problems[0]!.strategies[1]!.comparison).toMatchObject({ p: 0.25, pHolm: null });
  });
});

describe("the analysis", () => {
  it("tests where the seeds suffice", () => {
    const comparison = analyse(oneStep(["s0", "s1"], [[Array(8).fill(1), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]]])).problems[0]!
      .strategies[1]!.comparison!;
    expect(comparison.p).toBe(2 ** -7);
    expect(comparison.pHolm).toBe(2 ** -7);
  });

  it("ranks a run without success last and keeps all numbers apart from NaN", () => {
    const { final, anytime } = analyse(
      oneStep(
        ["s0", "s1"],
        [
          [
            [1, 1, 1],
            [null, null, 2],
          ],
        ],
      ),
    );
    for (const standing of [final!, anytime!]) {
      expect(standing.meanRanks.map(({ value }) => value)).toEqual([1, 2]);
      expect(standing.records[1]).toEqual({ wins: 0, ties: 0, losses: 3 });
    }
  });

  it("compares complete blocks only, but shows the curves of all runs", () => {
    const results = campaign();
    const analysis = analyse({ ...results, runs: results.runs.filter((run) => !(run.strategy === "sobol" && run.seed <= 2)) });
    expect(analysis.blocks).toBe(8);
    expect(analysis.blocksMeant).toBe(12);
    expect(analysis.problems[0]!.complete).toEqual([2, 3, 4, 5]);
    expect(analysis.problems[0]!.strategies.map(({ runs }) => runs)).toEqual([6, 4, 6]);
    const without = analyse({ ...results, seeds: [3, 4, 5, 6], runs: results.runs.filter((run) => run.seed > 2) });
    expect(analysis.final).toEqual(without.final);
  });

  it("has nothing to rank without a complete block", () => {
    const results = campaign();
    const analysis = analyse({ ...results, runs: results.runs.filter((run) => run.strategy !== "sobol") });
    expect([analysis.final, analysis.anytime, analysis.ranksOverBudget]).toEqual([null, null, null]);
    const table = rankingTable(analysis.results);
    expect(table.rows.map((row) => row[2])).toEqual(["–", "–", "–"]);
    expect(table.findings[0]).toMatch(/^No block is complete/);
    expect(table.warnings[0]!.text).toMatch(/^Incomplete: 12 of 36 runs are missing\. Comparisons use the 0 of 12/);
  });

  it("never counts a step that a share of the budget does not pay for", () => {
    expect(stepAt(0.3, 10)).toBe(3);
    expect(stepAt(0.39, 10)).toBe(3);
    expect(stepAt(0.01, 10)).toBe(1);
    expect(stepAt(1, 7)).toBe(7);
  });
});

describe("the ranking table", () => {
  it("has one row a strategy, best first, and a cell for each column", () => {
    const { columns, rows, findings, warnings } = rankingTable(campaign({ seeds: 20 }));
    expect(rows.map((row) => row[1])).toEqual(["sobol", "random x2", "random"]);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
    expect(columns.map(({ align }) => align)).toEqual(["right", "left", "right", "right", "right", "right"]);
    expect(findings[0]).toMatch(/^sobol has the best mean rank at the final budget, 1\.\d\d \[1\.\d\d to 1\.\d\d\] of 3, over 40 blocks/);
    expect(warnings).toEqual([]);
  });

  it("does not call strategies apart that the data does not separate", () => {
    const { findings } = rankingTable(campaign({ strategies: ["random", "halton", "grid"], seeds: 10 }));
    expect(findings[1]).toMatch(/^These runs do not separate it from /);
    expect(findings.some((finding) => finding.startsWith("It is ahead of"))).toBe(false);
  });

  it("warns about failures, few seeds and a minimum that is not one", () => {
    const results = campaign({ seeds: 3 });
    const [first, ...others] = results.runs;
    const { warnings } = rankingTable({ ...results, runs: [{ ...first!, values: [-5, null, ...first!.values.slice(2)] }, ...others] });
    expect(warnings.map(({ severity }) => severity)).toEqual(["error", "caution", "caution"]);
    expect(warnings[0]!.text).toMatch(/^The stated minimum of branin cannot be right: 1 evaluation lies below it/);
    expect(warnings[1]!.text).toMatch(/^1 evaluation failed/);
    expect(warnings[2]!.text).toMatch(/^Each problem has only 3 complete seeds/);
  });
});

describe("results that contradict themselves are refused", () => {
  const results = campaign();
  const [first, ...others] = results.runs;
  const withAnchor = (change: object): CampaignResults => ({
    ...results,
    problems: results.problems.map((problem) => ({ ...problem, anchors: { "": { ...problem.anchors![""]!, ...change } } })),
  });
  const cases: readonly (readonly [string, CampaignResults])[] = [
    ["a run twice", { ...results, runs: [...results.runs, first!] }],
    ["a run of an unknown strategy", { ...results, runs: [{ ...first!, strategy: "nobody" }, ...others] }],
    ["a run on an unknown problem", { ...results, runs: [{ ...first!, problem: "__proto__" }, ...others] }],
    ["a run of an unknown seed", { ...results, runs: [{ ...first!, seed: 99 }, ...others] }],
    ["more values than the budget", { ...results, runs: [{ ...first!, values: Array(13).fill(1) }, ...others] }],
    ["a value that is not a number", { ...results, runs: [{ ...first!, values: [NaN] }, ...others] }],
    ["two strategies with one label", { ...results, strategies: [...results.strategies, results.strategies[0]!] }],
    ["two problems with one id", { ...results, problems: [...results.problems, results.problems[0]!] }],
    ["a seed twice", { ...results, seeds: [...results.seeds, 1] }],
    ["no strategies", { ...results, strategies: [], runs: [] }],
    ["a budget of zero", { ...results, problems: results.problems.map((problem) => ({ ...problem, budget: 0 })) }],
    ["an infinite optimum", { ...results, problems: results.problems.map((problem) => ({ ...problem, optimum: -Infinity })) }],
    ["a negative tolerance", { ...results, problems: results.problems.map((problem) => ({ ...problem, tolerance: -1 })) }],
    [
      "half an evaluation a step",
      { ...results, strategies: results.strategies.map((strategy) => ({ ...strategy, evaluationsPerStep: 0.5 })) },
    ],
    ["a run with a hole among its values", { ...results, runs: results.runs.map((run) => ({ ...run, values: Array(2) })) }],
    ["text that is not a hash", { ...results, dataHash: "<script>" }],
    ["a negative initial design", { ...results, initialPoints: -1 }],
    ["a recommendation too few", { ...results, runs: [{ ...first!, recommended: first!.values.slice(1) }, ...others] }],
    ["a recommendation that is not a number", { ...results, runs: [{ ...first!, recommended: first!.values.map(() => NaN) }, ...others] }],
    ["recommendations with holes", { ...results, runs: [{ ...first!, recommended: Array(first!.values.length) }, ...others] }],
    ["an anchor without levels", withAnchor({ levels: [], values: [] })],
    ["an anchor with levels that rise", withAnchor({ levels: [0.1, 0.5], values: [2, 1] })],
    ["an anchor with values that rise", withAnchor({ levels: [0.5, 0.1], values: [1, 2] })],
    ["an anchor with holes", withAnchor({ levels: Array(2), values: [2, 1] })],
    ["an anchor without a median", withAnchor({ median: NaN })],
  ];

  it.each(cases)("%s", (_, wrong) => {
    expect(() => analyse(wrong)).toThrow(ConfigError);
  });
});
