import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { analyse } from "../analysis/analysis.ts";
import { warnings } from "../findings/warnings.ts";
import type { CampaignResults, RunFailure } from "../results.ts";
import type { PageBlock } from "./block.ts";
import { phraseText } from "./phrase.ts";
import { setup } from "./setup.ts";
import { whatWasRun } from "./whatWasRun.ts";

const whole = campaign({ seeds: 10 });
/** So many seeds that there is no warning about their number. */
const many = campaign({ seeds: 14 });

/** The runs at these places failed. */
function withFailures(failures: readonly (readonly [place: number, failed: RunFailure])[]): CampaignResults {
  const runs = [...whole.runs];
  for (const [place, failed] of failures) runs[place] = { ...runs[place]!, values: runs[place]!.values.slice(0, 3), failed };
  return { ...whole, runs };
}

function tablesIn(blocks: readonly PageBlock[]): readonly (readonly (readonly string[])[])[] {
  return blocks.flatMap((block) =>
    block.kind === "overall"
      ? tablesIn(block.blocks)
      : block.kind === "table"
        ? [block.table.rows.map((row) => row.map(({ text, detail }) => [phraseText(text), detail ?? ""].join(" ").trim()))]
        : [],
  );
}

function proseIn(blocks: readonly PageBlock[]): readonly string[] {
  return blocks.flatMap((block) => (block.kind === "prose" ? [phraseText(block.text)] : []));
}

const crash: RunFailure = { kind: "crashed", message: "ENOENT: no such file" };

describe("what was run", () => {
  it("lists the runs that failed by their reasons, the most frequent first, and says so at the top", () => {
    const late: RunFailure = { kind: "timedOut", message: "no answer in 60 s" };
    const results = withFailures([[0, late], ...[10, 11, 12, 13, 14, 30].map((place) => [place, crash] as const)]);
    const blocks = whatWasRun(analyse(results)).blocks;
    expect(tablesIn(blocks)[1]).toEqual([
      ["sobol", "crashed", "ENOENT: no such file", "5", "branin, seed 1, branin, seed 2, branin, seed 3, branin, seed 4; and 1 more"],
      ["random", "timed out", "no answer in 60 s", "1", "branin, seed 1"],
      ["random", "crashed", "ENOENT: no such file", "1", "levy-d6, seed 1"],
    ]);
    expect(tablesIn(blocks)[0]![0]).toEqual([
      "branin",
      "12",
      "10 (1 run failed, 1 ended after 3)",
      "10 (5 runs failed, 5 ended after 3)",
      "10",
    ]);
    expect(warnings(analyse(results)).map(({ severity, text }) => `${severity}: ${phraseText(text)}`)[0]).toBe(
      "error: 7 of 60 runs failed, of random and sobol. The reasons are in the section “What was run”. Their best value until the fault counts for the rest of the budget.",
    );
  });

  it("has no word about failures if no run failed", () => {
    const blocks = whatWasRun(analyse(many)).blocks;
    expect(tablesIn(blocks)).toHaveLength(1);
    expect(warnings(analyse(many))).toEqual([]);
  });

  it("counts the reasons that it leaves out", () => {
    const failures = whole.runs.map((_, place) => [place, { ...crash, message: `fault ${place}` }] as const);
    const blocks = whatWasRun(analyse(withFailures(failures))).blocks;
    expect(tablesIn(blocks)[1]).toHaveLength(50);
    expect(proseIn(blocks).at(-1)).toBe("The table leaves out 10 more reasons.");
  });

  it("sums what the runs of a strategy spent on four axes", () => {
    const spent = { evaluations: 1200, resource: 8.5, scratch: 20.25, time: 0 };
    const results = { ...whole, runs: whole.runs.map((run) => (run.strategy === "sobol" ? run : { ...run, spent })) };
    expect(tablesIn(whatWasRun(analyse(results)).blocks)[1]).toEqual([
      ["random", "24\u2009000", "170", "405", "0"],
      ["random x2", "24\u2009000", "170", "405", "0"],
    ]);
  });

  it("says how the boxes follow from the seeds, once per rule", () => {
    const boxed = (boxes: readonly string[]): CampaignResults => ({
      ...whole,
      problems: whole.problems.map((card, index) => ({ ...card, box: boxes[index]! })),
    });
    expect(proseIn(whatWasRun(analyse(boxed(["cropped", "cropped"]))).blocks)[1]).toBe("The box of all problems: cropped.");
    expect(proseIn(whatWasRun(analyse(boxed(["cropped", "full"]))).blocks).slice(1)).toEqual([
      "The box of branin: cropped.",
      "The box of levy-d6: full.",
    ]);
  });

  it("warns that defaults were chosen on problems of the campaign", () => {
    const tuned = { ...many, problems: many.problems.map((card, index) => (index === 0 ? { ...card, tuned: true as const } : card)) };
    expect(warnings(analyse(tuned)).map(({ text }) => phraseText(text))).toEqual([
      "The defaults of some strategies were chosen on branin. Results there say little about other problems.",
    ]);
  });

  it("says where the code of a strategy is from", () => {
    const [random, sobol, twice] = whole.strategies;
    const twin = { ...sobol!, label: twice!.label, origin: "peer" as const, twinOf: "sobol" };
    const strategies = [random!, { ...sobol!, origin: "peer" as const }, twin];
    const [cards] = tablesIn(setup(analyse({ ...whole, strategies, runs: [] })).blocks);
    expect(cards!.map((row) => row[2])).toEqual(["built in", "peer", "peer, control"]);
  });
});
