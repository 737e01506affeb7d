import { JournalError, startStudy } from "@caviar-hpo/core";
import { createStrategy } from "@caviar-hpo/tune";
import { describe, expect, test } from "vitest";
import { cellOf, cellsOf, linesOf, specOf, tinyPlan } from "../../testing/plans.ts";
import type { EvaluationLine } from "../arena/arena.ts";
import { openArena } from "../arena/arenas.ts";
import { configAt, pointOf } from "../arena/point.ts";
import { pointArena } from "../arena/pointArena.ts";
import type { Plan } from "../plan/plan.ts";
import { type RecordLine, toldIn } from "./transcript.ts";

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
      expect(value).toBe(arena.evaluate(configAt(arena.problem.space, x)));
      expect(told).toBe(arena.observe(configAt(arena.problem.space, x), 0));
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
      expect(told).toBe(arena.observe(configAt(arena.problem.space, x), replicate));
    }
  });
});

describe("a run of noisy values", () => {
  // tinyPlan adds noise with a standard deviation of a tenth of the interquartile range.
  const noisyPlan = tinyPlan({
    budget: 30,
    instances: "published",
    strategies: [{ name: "random" }, { name: "bayesopt", options: { initial: 4 } }],
    problems: ["branin"],
  });
  const linesAt = (label: string, seed: number): readonly EvaluationLine[] =>
    linesOf(cellOf(noisyPlan, label, "branin", seed)).all as readonly EvaluationLine[];

  test("records the noise-free value of the best-told point after each evaluation, if the strategy makes no recommendation", () => {
    const lines = linesAt("random", 2);
    lines.forEach((line, index) => {
      const upToHere = lines.slice(0, index + 1);
      const best = upToHere.reduce((one, other) => (toldIn(other) < toldIn(one) ? other : one));
      expect(line.recommended).toEqual({ x: best.x, value: best.value });
    });
  });

  test("on Branin's function with seed 2 is worth what it recommends, although it has evaluated a better point", () => {
    const lines = linesAt("random", 2);
    expect(Math.min(...lines.map(({ value }) => value))).toBeCloseTo(0.503, 3);
    expect(lines.at(-1)!.recommended!.value).toBeCloseTo(9.301, 3);
  });

  test("records what the strategy itself recommends, and the points do not depend on that question", () => {
    const lines = linesAt("bayesopt", 1).slice(0, 10);
    const cell = cellOf(noisyPlan, "bayesopt", "branin", 1);
    const arena = openArena(cell.arena, new Map());
    const { strategy, studySeed } = cell;
    const study = startStudy({
      problem: arena.problem,
      strategy: createStrategy(strategy.name, strategy.options, arena.problem),
      seed: studySeed,
    });
    for (const config of arena.initial) study.enqueue(config);
    for (const line of lines) {
      const job = study.ask({ want: 1 }).jobs[0]!;
      expect(pointOf(arena.problem.space, job.config)).toEqual(line.x);
      study.tell(job.id, { values: [toldIn(line)] });
    }
    expect(arena.score(study.recommend()!)).toBe(lines.at(-1)!.recommended!.value);
  });

  test("continues to the same end after any stop, recommendations included", () => {
    const all = linesAt("random", 1);
    const cell = cellOf(noisyPlan, "random", "branin", 1);
    for (const count of [0, 1, 7, 29, 30]) {
      const resumed = linesOf(cell, { recorded: all.slice(0, count) });
      expect(resumed.all).toEqual(all);
      expect(resumed.fresh).toEqual(all.slice(count));
    }
  });

  test("has no recommendations without noise", () => {
    for (const line of runOf("random", [], tinyPlan({ noise: null })).all) expect(line).not.toHaveProperty("recommended");
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
      index === 5 ? { ...evaluation, x: [(evaluation.x[0] as number) + 1e-12, evaluation.x[1]!] } : evaluation,
    );
    expect(() => runOf("sobol", changed)).toThrow(JournalError);
    expect(() => runOf("sobol", changed)).toThrow(/^measurement 5: expected the recorded \{"x":\[/);
  });
});
