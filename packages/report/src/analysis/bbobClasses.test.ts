import { expect, it } from "vitest";
import { campaign, uniformAnchor } from "../../testing/campaign.ts";
import { buildReport } from "../buildReport.ts";
import type { CampaignResults } from "../results.ts";
import { analyse } from "./analysis.ts";
import { bbobClassOf } from "./bbobClasses.ts";

it("the 24 functions are in five classes, and no other problem is", () => {
  const classes = Array.from({ length: 24 }, (_, index) => bbobClassOf({ group: `bbob-f${index + 1}` }));
  const counts = [5, 4, 5, 5, 5];
  expect([...new Set(classes)].map((one) => classes.filter((other) => other === one).length)).toEqual(counts);
  expect([1, 6, 10, 15, 20].map((first) => classes[first - 1])).toEqual([
    "separable",
    "moderate conditioning",
    "ill-conditioned",
    "multimodal",
    "weak structure",
  ]);
  for (const group of ["bbob-f25", "branin", "bbob-f1x"]) expect(bbobClassOf({ group })).toBeUndefined();
  expect(bbobClassOf({})).toBeUndefined();
});

/** Problems of the groups, with anchors. */
function withGroups(groups: readonly string[]): CampaignResults {
  const base = campaign({ strategies: ["random", "other"], problems: groups.map((_, index) => `p${index}`), seeds: 2, budget: 8 });
  const problems = base.problems.map((problem, index) => ({ ...problem, group: groups[index]!, anchors: { "": uniformAnchor(0, 10) } }));
  return { ...base, problems };
}

it("a campaign on several classes has a panel for each of them, with the curves of its problems alone", () => {
  const results = withGroups(["bbob-f8", "bbob-f15", "bbob-f9", "branin"]);
  const { byClass } = analyse(results).measures!.runtime;
  expect(byClass.map(({ title, curves }) => [title, curves.problems])).toEqual([
    ["moderate conditioning", 2],
    ["multimodal", 1],
  ]);
  const kept = ["p0", "p2"];
  const moderate: CampaignResults = {
    ...results,
    problems: results.problems.filter(({ id }) => kept.includes(id)),
    runs: results.runs.filter(({ problem }) => kept.includes(problem)),
  };
  expect(byClass[0]!.curves.strategies).toEqual(analyse(moderate).measures!.runtime.budgets!.strategies);
  expect(buildReport(results).files.map(({ name }) => name)).toContain("fig/runtime-by-class.svg");
});

it("a campaign on one class has no such panels", () => {
  expect(analyse(withGroups(["bbob-f8", "bbob-f9", "branin"])).measures!.runtime.byClass).toEqual([]);
});
