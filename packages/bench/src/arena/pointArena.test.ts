/** Arenas of points: what the seed does to the box, spaces of every kind, and measured constraints. */
import type { Real } from "@caviar-hpo/core";
import { isFeasible } from "@caviar-hpo/core/contract";
import { constrainedFunction, mixedFunction, testFunction } from "@caviar-hpo/objectives";
import { describe, expect, test } from "vitest";
import { cellOf, linesOf, specOf, tinyPlan } from "../../testing/plans.ts";
import { outcomeOf } from "../run/cellOutcome.ts";
import type { EvaluationLine } from "./arena.ts";
import { configAt, pointOf } from "./point.ts";
import { type PointArena, pointArena } from "./pointArena.ts";

function arenaOf(problem: string, change: object = {}, seed = 1): PointArena {
  return pointArena(specOf("points", tinyPlan({ noise: null, problems: [problem], ...change }), problem, seed));
}

function runOf(problem: string, change: object = {}): readonly EvaluationLine[] {
  const plan = tinyPlan({ noise: null, problems: [problem], ...change });
  return linesOf(cellOf(plan, "random", problem)).all as readonly EvaluationLine[];
}

const end = { hash: "", fileHash: "", spent: null, failed: null };

describe("the box of a problem", () => {
  test("placed: the function moves with the seed, and its box is the published one", () => {
    const [one, other] = [1, 2].map((seed) => arenaOf("ackley-d2", { instances: "placed" }, seed));
    const { bounds } = testFunction("ackley-d2");
    for (const { problem } of [one!, other!]) {
      expect(problem.space.params.map(([, param]) => [(param as Real).low, (param as Real).high])).toEqual(bounds);
    }
    const centre = { x1: 0, x2: 0 };
    expect(one!.evaluate(centre)).toBeGreaterThan(1);
    expect(one!.evaluate(centre)).not.toBe(other!.evaluate(centre));
  });

  test("published: a function of BBOB stands in the box of COCO, also where others are placed", () => {
    const fn = testFunction("bbob-f8-d3-i101");
    const at = { x1: 1, x2: -4.9, x3: 4.9 };
    for (const instances of ["published", "placed"]) {
      const arena = arenaOf("bbob-f8-d3-i101", { instances });
      expect(arena.problem.space.params.map(([, param]) => [(param as Real).low, (param as Real).high])).toEqual(fn.bounds);
      expect(arena.evaluate(at)).toBe(fn.evaluate(Float64Array.of(1, -4.9, 4.9)));
    }
  });

  test.each([
    ["ackley-d2", "published", /^the published box: the optimum is at the same place for every seed$/],
    ["ackley-d2", "placed", /uniform in the box$/],
    ["ackley-d2", "cropped", /an optimum at its centre stays in the middle third$/],
    ["ackley-d2", "rotated", /rotates the function/],
    ["eggholder", "placed", /cannot be moved/],
    ["eggholder", "rotated", /middle third$/],
    ["bbob-f8-d3-i101", "placed", /^COCO's box/],
    ["bbob-f8-d3-i101", "published", /^COCO's box/],
    ["bbob-f8-d3-i101", "cropped", /crops each side/],
    ["func2c", "placed", /shuffles unordered choices$/],
    ["gramacy", "published", /^the published box/],
  ])("of %s, %s, is described in the facts", (problem, instances, rule) => {
    expect(arenaOf(problem, { instances }).facts.box).toMatch(rule);
  });

  test("facts say the group of the problem, and whether defaults were chosen on it", () => {
    expect(arenaOf("branin").facts).toMatchObject({ group: "branin", tuned: true });
    expect(arenaOf("bbob-f8-d3-i{seed}").facts).toMatchObject({ group: "bbob-f8", tuned: true });
    expect(arenaOf("bbob-f8-d3-i101").facts).not.toHaveProperty("tuned");
  });
});

describe("a problem on a space with choices and conditions", () => {
  test.each(["func2c", "jenatton-tree", "pipeline", "labs-n9", "bbob-mixint-f8-d5-i101"])(
    "%s is run, and its record gives the values back",
    (id) => {
      const fn = mixedFunction(id);
      const lines = runOf(id, { instances: "published" });
      expect(lines).toHaveLength(12);
      for (const { x, value } of lines) expect(value).toBe(fn.evaluate(configAt(fn.space, x)));
    },
  );

  test("has noise by configuration and replicate, and none at the end", () => {
    const arena = arenaOf("jenatton-tree", { noise: { model: "additive", sd: 0.5 } });
    const [one, other] = [
      { x1: 0, x2: 0, x4: 0, r8: 0 },
      { x1: 0, x2: 1, x5: 0, r8: 0 },
    ];
    const [a, b, c] = [arena.observe(one, 0), arena.observe(one, 1), arena.observe(other, 0)];
    expect(new Set([a, b, c, arena.evaluate(one)]).size).toBe(4);
    expect(arena.observe(one, 0)).toBe(a);
    expect(arena.score(one)).toBe(0.1);
  });

  test("a point holds null for a parameter that is not active", () => {
    const { space } = mixedFunction("jenatton-tree");
    const config = { x1: 1, x3: 0, x6: 0.5, r9: 0.25 };
    expect(pointOf(space, config)).toEqual([1, null, 0, null, null, 0.5, null, null, 0.25]);
    expect(configAt(space, pointOf(space, config))).toEqual(config);
  });
});

describe("a problem with measured constraints", () => {
  const lines = runOf("gramacy", { budget: 60, instances: "published" });
  const fn = constrainedFunction("gramacy");

  test("records value and constraints of every point, and an infeasible point has no value in the results", () => {
    expect(lines.some((line) => isFeasible({ constraints: line.constraints! }))).toBe(true);
    expect(lines.some((line) => !isFeasible({ constraints: line.constraints! }))).toBe(true);
    for (const { x, value, constraints } of lines) {
      expect(value).toBe(fn.evaluate(configAt(fn.space, x)));
      expect(constraints).toEqual(fn.constraintsAt(configAt(fn.space, x)));
    }
    const plan = tinyPlan({ noise: null, budget: 60, instances: "published", problems: ["gramacy"] });
    const { values } = outcomeOf(cellOf(plan, "random", "gramacy"), end, lines, () => arenaOf("gramacy", { instances: "published" }));
    expect(values).toEqual(lines.map(({ value, constraints }) => (isFeasible({ constraints: constraints! }) ? value : null)));
  });

  test("is worth nothing where a constraint is broken", () => {
    const arena = arenaOf("gramacy", { instances: "published" });
    expect(arena.score({ x1: 0, x2: 0 })).toBe(NaN);
    expect(arena.score({ x1: 0.5, x2: 0.9 })).toBe(1.4);
    expect(arena.problem.constraints).toEqual(["wave", "disc"]);
  });

  test("tells the strategy its constraints: bayesopt recommends a feasible point", () => {
    const plan = tinyPlan({
      budget: 16,
      instances: "published",
      noise: { model: "additive", sd: 0.01 },
      strategies: [{ name: "bayesopt" }],
      problems: ["gramacy"],
    });
    const last = linesOf(cellOf(plan, "bayesopt", "gramacy")).all.at(-1) as EvaluationLine;
    expect(last.recommended!.value).toBeGreaterThan(0.59);
    expect(last.recommended!.value).toBeLessThan(2);
  });
});
