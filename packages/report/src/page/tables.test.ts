import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { oneStep } from "../../testing/oneStep.ts";
import { analyse } from "../analysis/analysis.ts";
import { glossary } from "./definitions.ts";
import type { PageCell } from "./pageTable.ts";
import { phraseText } from "./phrase.ts";
import { medianRows, problemRows } from "./problems.ts";
import { pairRows } from "./ranking.ts";
import { completenessRows } from "./whatWasRun.ts";

const shown = ({ text, detail, tone }: PageCell): string => [phraseText(text), detail, tone].filter((part) => part !== undefined).join(" ");

describe("the table of medians", () => {
  it("marks the smallest of each row, also where two share it, and shades by rank", () => {
    const table = medianRows(
      analyse(
        oneStep(
          ["random", "a", "b"],
          [
            [
              [4, 2],
              [1, 1],
              [8, 8],
            ],
            [
              [5, 5],
              [5, 5],
              [7, 7],
            ],
          ],
        ),
      ),
    );
    expect(table.columns.map(({ title }) => phraseText(title))).toEqual(["problem", "a", "random", "b"]);
    expect(table.rows.map((row) => row.map(shown))).toEqual([
      ["p0", "1.00 best", "2.83", "8.00"],
      ["p1", "5.00 best", "5.00 best", "7.00"],
    ]);
    expect(table.rows[0]!.slice(1).map(({ shade }) => shade)).toEqual([0, 2, 4]);
  });
});

describe("the table of all pairs", () => {
  it("has each difference twice, with opposite signs, and marks those whose intervals leave out zero", () => {
    const constant = (value: number): number[] => Array<number>(14).fill(value);
    const analysis = analyse(oneStep(["random", "a", "b"], [[constant(2), constant(1), constant(3)]]));
    const { rows } = pairRows(analysis, analysis.final!);
    expect(rows.map((row) => row.map(({ text }) => phraseText(text)))).toEqual([
      ["a", "–", "−1.00", "−2.00"],
      ["random", "1.00", "–", "−1.00"],
      ["b", "2.00", "1.00", "–"],
    ]);
    for (const { tone, detail } of rows.flat()) expect(tone === "strong").toBe(detail !== undefined && !/^\[−.* to \d/.test(detail));
    expect(rows.flat().filter(({ tone }) => tone === "strong").length).toBeGreaterThan(0);
  });
});

describe("the table of one problem", () => {
  it("shows what the tests found, and marks what reaches the level", () => {
    const seeds = 8;
    const analysis = analyse(oneStep(["random", "a"], [[Array(seeds).fill(10), Array(seeds).fill(1)]]));
    expect(problemRows(analysis, analysis.problems[0]!).rows.map((row) => row.map(shown))).toEqual([
      ["a", "8", "1.00", "1.00 to 1.00", "1.00", "0.00", "0.100 [0.100 to 0.100]", "8–0–0", "0.0078 strong"],
      ["random", "8", "10.0", "10.0 to 10.0", "2.00", "1.00", "reference", "–", "–"],
    ]);
  });
});

describe("the table of what was run", () => {
  it("says which runs are missing, failed or ended early, and after how many evaluations", () => {
    const results = campaign({ strategies: ["random", "sobol"], problems: ["p"], seeds: 4, budget: 6 });
    const runs = results.runs
      .filter((run) => run.strategy !== "sobol" || run.seed !== 4)
      .map((run) => (run.strategy === "sobol" ? { ...run, values: [null, ...run.values.slice(1, 1 + run.seed)] } : run));
    expect(completenessRows(analyse({ ...results, runs })).rows.map((row) => row.map(shown))).toEqual([
      ["p", "6", "4", "3 of 4 (3 evaluations failed, 3 ended after 2 to 4) bad"],
    ]);
  });
});

describe("the glossary", () => {
  it("states the conventions that were applied", () => {
    const entries = glossary(analyse(campaign({ strategies: ["random", "a", "b"], problems: ["p", "q"], seeds: 4 })));
    const textOf = (term: string): string => {
      const { formula, definition } = entries.find((entry) => entry.term === term)!;
      return `${formula} ${definition}`;
    };
    expect(textOf("Speed-up")).toContain("the one in the middle");
    expect(textOf("p (Holm)")).toContain("family of 4 comparisons");
    expect(textOf("Anytime score")).toContain("(t₀ = 2)");
    expect(textOf("Mean rank")).toContain("within 1e-9");
    expect(textOf("Sample of random points")).toContain("1\u2009000 points");
    expect(textOf("Anchored regret")).toContain("max(1e-10, 10 × tolerance of f* / (m − f*))");
  });
});
