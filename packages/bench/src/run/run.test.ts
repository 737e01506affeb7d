import { JournalError } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { cellOf, cellsOf, linesOf, specOf, tinyPlan } from "../../testing/plans.ts";
import type { EvaluationLine } from "../arena/arena.ts";
import { pointArena } from "../arena/pointArena.ts";
import type { Plan } from "../plan/plan.ts";
import type { RecordLine } from "./transcript.ts";

const plan = tinyPlan();

function runOf(
  label: string,
  recorded: readonly EvaluationLine[] = [],
  of: Plan = plan,
): { readonly all: readonly EvaluationLine[]; readonly fresh: readonly RecordLine[] } {
  const { all, fresh } = linesOf(cellOf(of, label, "branin"), { recorded });
  return { all: all as readonly EvaluationLine[], fresh };
}

describe("a run", () => {
  test("spends its budget, or the multiple that the strategy is allowed", () => {
    expect(runOf("random").all).toHaveLength(12);
    expect(runOf("random x2").all).toHaveLength(24);
  });

  test("begins with the design that all strategies share, values and noise included", () => {
    const starts = ["random", "random x2", "sobol", "coarseToFine"].map((label) => runOf(label).all.slice(0, 3));
    for (const start of starts) expect(start).toEqual(starts[0]);
    const fourth = ["random", "random x2", "sobol"].map((label) => runOf(label).all[3]);
    expect(new Set(fourth.map((one) => JSON.stringify(one))).size).toBe(3);
  });

  test("draws what the strategy adds from its own stream, which no other problem, seed or label shares", () => {
    const twins = tinyPlan({
      instances: "published",
      initialPoints: 0,
      problems: ["booth", "matyas"],
      strategies: [{ name: "random" }, { label: "again", name: "random" }],
    });
    const firsts = cellsOf(twins).map((cell) => linesOf(cell).all[0] as EvaluationLine);
    expect(firsts).toHaveLength(8);
    expect(new Set(firsts.map(({ x }) => String(x))).size).toBe(8);
  });

  test.each(["latinHypercube", "coarseToFine"])("of %s plans by the budget, as if the plan said so", (name) => {
    const option = name === "latinHypercube" ? "points" : "trials";
    const [byDefault, said] = [{}, { [option]: "budget" }].map((options) => tinyPlan({ strategies: [{ name, options }] }));
    expect(runOf(name, [], byDefault!).all).toEqual(runOf(name, [], said!).all);
  });

  test("ends early where the strategy is done", () => {
    const grid = tinyPlan({ initialPoints: 0, strategies: [{ name: "grid", options: { resolution: 2 } }] });
    expect(runOf("grid", [], grid).all).toHaveLength(4);
  });

  test("tells the strategy the noisy value and records both", () => {
    const { all } = runOf("random");
    const arena = pointArena(specOf("points", plan, "branin", 1));
    for (const { x, value, told } of all) {
      expect(value).toBe(arena.evaluate(Float64Array.from(x)));
      expect(told).toBe(arena.observe(Float64Array.from(x), 0));
      expect(told).not.toBe(value);
    }
    const exact = tinyPlan({ noise: null });
    for (const evaluation of runOf("random", [], exact).all) expect(evaluation).not.toHaveProperty("told");
  });

  test("counts the replicates of a point, so that each has its own noise", () => {
    const grid = tinyPlan({
      initialPoints: 0,
      strategies: [{ label: "one point", name: "coarseToFine", options: { trials: 3, coarse: 0 } }],
    });
    const { all } = runOf("one point", [], grid);
    const arena = pointArena(specOf("points", grid, "branin", 1));
    const seen = new Map<string, number>();
    for (const { x, told } of all) {
      const replicate = seen.get(String(x)) ?? 0;
      seen.set(String(x), replicate + 1);
      expect(told).toBe(arena.observe(Float64Array.from(x), replicate));
    }
  });
});

describe("a run that was interrupted", () => {
  test.each(["random", "sobol", "coarseToFine"])("of %s continues to the same end after any stop", (label) => {
    const { all } = runOf(label);
    for (let count = 0; count <= all.length; count++) {
      const resumed = runOf(label, all.slice(0, count));
      expect(resumed.all).toEqual(all);
      expect(resumed.fresh).toEqual(all.slice(count));
    }
  });

  test("is refused where the strategy would have asked for another point", () => {
    const { all } = runOf("sobol");
    const changed = all.map((evaluation, index) =>
      index === 5 ? { ...evaluation, x: [evaluation.x[0]! + 1e-12, evaluation.x[1]!] } : evaluation,
    );
    expect(() => runOf("sobol", changed)).toThrow(JournalError);
    expect(() => runOf("sobol", changed)).toThrow(/^measurement 5: expected the recorded \{"x":\[/);
  });
});
