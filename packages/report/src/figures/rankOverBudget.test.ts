import { expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { analyse } from "../analysis/analysis.ts";
import { standaloneSvg } from "../svg/document.ts";
import { rankOverBudgetFigure } from "./rankOverBudget.ts";

function drawn(budgets: readonly [number, number]): string {
  const results = campaign({ budget: 12 });
  const analysis = analyse({
    ...results,
    problems: results.problems.map((problem, index) => ({ ...problem, budget: budgets[index]! })),
    runs: results.runs.map((run) => (run.problem === "branin" ? run : { ...run, values: run.values.slice(0, budgets[1]) })),
  });
  return standaloneSvg(rankOverBudgetFigure(analysis, analysis.ranksOverBudget!).drawing);
}

const curves = (svg: string): readonly string[] => [...svg.matchAll(/class="curve" d="([^"]*)"/g)].map(([, path]) => path!);

it("counts evaluations where all problems have one budget, and shares of it where they differ; curves reach the end of either axis", () => {
  const one = drawn([12, 12]);
  expect(one).toContain("counted evaluations");
  const two = drawn([12, 8]);
  expect(two).toContain("share of the budget spent, %");
  for (const path of [...curves(one), ...curves(two)]) expect(path).toMatch(/L800 [\d.]+$/);
  expect(curves(two)).toHaveLength(3);
});
