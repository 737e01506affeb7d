import type { Config, Real } from "@caviar-hpo/core";
import { testFunction } from "@caviar-hpo/objectives";
import { describe, expect, test } from "vitest";
import { cellOf, cellsOf, specOf, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import { type PointArena, pointArena } from "../arena/pointArena.ts";
import { arenaSpecOf, resolvePlan } from "./cells.ts";
import { hashOf, type Plan, readPlan } from "./plan.ts";

function planWith(change: object): Plan {
  return readPlan({
    name: "tiny",
    seeds: { first: 3, count: 2 },
    budget: 8,
    initialPoints: 3,
    strategies: [{ name: "random" }, { name: "sobol" }],
    problems: ["branin", "sphere-d5"],
    ...change,
  });
}

function arenaOf(plan: Plan, problem: string, seed: number): PointArena {
  return pointArena(specOf("points", plan, problem, seed));
}

const configOf = (...values: readonly number[]): Config => Object.fromEntries(values.map((value, k) => [`x${k + 1}`, value]));
const centre = (dimensions: number): Config => configOf(...new Array<number>(dimensions).fill(2));
/** [low, high] of each coordinate. */
const boundsOf = ({ problem }: PointArena): readonly (readonly [number, number])[] =>
  problem.space.params.map(([, param]) => [(param as Real).low, (param as Real).high]);

test("cells are every problem, seed and strategy once, in that order, with a twin of the reference", () => {
  expect(cellsOf(planWith({})).map(({ name }) => `${name.problem} ${name.seed} ${name.strategy}`)).toEqual([
    "branin 3 random",
    "branin 3 sobol",
    "branin 3 random again",
    "branin 4 random",
    "branin 4 sobol",
    "branin 4 random again",
    "sphere-d5 3 random",
    "sphere-d5 3 sobol",
    "sphere-d5 3 random again",
    "sphere-d5 4 random",
    "sphere-d5 4 sobol",
    "sphere-d5 4 random again",
  ]);
});

describe("a cell", () => {
  test("holds everything that its run depends on, as data that crosses to a thread", () => {
    const cell = cellOf(tinyPlan(), "coarseToFine", "bbob-f8-d5-i{seed}", 2);
    expect(cell).toEqual({
      name: { problem: "bbob-f8-d5-i{seed}", strategy: "coarseToFine", seed: 2 },
      arena: {
        kind: "points",
        problem: "bbob-f8-d5-i{seed}",
        instanceId: "bbob-f8-d5-i2",
        followsSeed: true,
        seed: 2,
        initialPoints: 3,
        instances: "cropped",
        noise: { model: "additive", sd: 0.1 },
      },
      strategy: { label: "coarseToFine", name: "coarseToFine", options: { trials: 9 }, evaluationsPerStep: 1 },
      studySeed: "2/bbob-f8-d5-i{seed}/coarseToFine",
      budget: { units: 12, workers: 1, stragglerSigma: 0 },
    });
    expect(structuredClone(cell)).toEqual(cell);
  });

  test("of a plan that counts resource has the simulated workers of the plan", () => {
    const budget = { fullTrainings: 4, workers: 5, stragglerSigma: 0.5 };
    const cell = cellOf(tinyTrainingPlan({ budget }), "random x2", "mf-hartmann3-good");
    expect(cell.budget).toEqual({ units: 8, workers: 5, stragglerSigma: 0.5 });
    expect(cell.arena).toMatchObject({ kind: "training", instances: "cropped" });
  });

  test('replaces "budget" in the options by what the strategy places itself, beyond the shared design', () => {
    const optionsOf = (change: object): unknown => cellOf(tinyPlan(change), "coarseToFine", "branin").strategy.options;
    const strategies = [{ name: "coarseToFine", options: { trials: "budget" }, evaluationsPerStep: 2 }];
    expect(optionsOf({})).toEqual({ trials: 9 });
    expect(optionsOf({ strategies })).toEqual({ trials: 21 });
    expect(optionsOf({ budget: 3 })).toEqual({ trials: 1 });
  });
});

test("a plan is resolved into its cells, and into what results say of the plan", () => {
  const { facts, units, problems, strategies, taskNames } = resolvePlan(tinyPlan());
  expect(facts).toEqual({
    name: "tiny",
    title: "tiny",
    question: "Which strategy finds the better points?",
    planHash: hashOf(tinyPlan()),
    initialPoints: 3,
    noise: "additive, sd 0.1 x interquartile range",
    seeds: [1, 2],
  });
  expect([units, problems.length, strategies.length, taskNames]).toEqual([12, 2, 5, []]);
  const spending = tinyTrainingPlan({ problems: ["moons-course-adam", "mf-hartmann3-good"] });
  expect(resolvePlan(spending)).toMatchObject({ facts: { resource: spending.budget }, units: 4, taskNames: ["moons-course-adam"] });
});

describe("an arena", () => {
  test("depends on problem and seed alone, not on what else the plan compares", () => {
    const noise = { model: "additive", sd: 0.1 };
    const alone = arenaOf(planWith({ noise, strategies: [{ name: "grid" }], problems: ["branin"], seeds: { count: 9 } }), "branin", 3);
    const among = arenaOf(planWith({ noise }), "branin", 3);
    expect(boundsOf(alone)).toEqual(boundsOf(among));
    expect(alone.initial).toEqual(among.initial);
    expect([0, 1, 2].map((replicate) => alone.observe(centre(2), replicate))).toEqual(
      [0, 1, 2].map((replicate) => among.observe(centre(2), replicate)),
    );
  });

  test("differs from seed to seed and from problem to problem: box, initial design, noise", () => {
    const plan = planWith({ noise: { model: "additive", sd: 0.1 }, problems: ["sphere-d5", "rastrigin-d5"] });
    const [a, b, c] = [arenaOf(plan, "sphere-d5", 3), arenaOf(plan, "sphere-d5", 4), arenaOf(plan, "rastrigin-d5", 3)];
    expect(boundsOf(a)).not.toEqual(boundsOf(b));
    expect(a.initial[0]).not.toEqual(b.initial[0]);
    expect(a.initial[0]).not.toEqual(c.initial[0]);
    const noiseOf = ({ observe, evaluate }: typeof a): number => observe(centre(5), 0) - evaluate(centre(5));
    expect(noiseOf(a)).not.toBe(noiseOf(b));
  });

  test("a longer initial design begins with the shorter one", () => {
    const [short, long] = [3, 7].map((initialPoints) => arenaOf(planWith({ initialPoints }), "branin", 3).initial);
    expect(long!.slice(0, 3)).toEqual(short);
  });

  test("the noise of a point and replicate does not depend on what was observed before", () => {
    const plan = planWith({ noise: { model: "studentT3", sd: 0.3 } });
    const points = Array.from({ length: 20 }, (_, index) => configOf(index / 4, 3));
    const forwards = arenaOf(plan, "branin", 3);
    const backwards = arenaOf(plan, "branin", 3);
    const there = points.map((point, index) => forwards.observe(point, index % 3));
    const back = points.map((_, index) => 19 - index).map((index) => backwards.observe(points[index]!, index % 3));
    expect(back.reverse()).toEqual(there);
  });

  test("replicates of a point differ; without noise they do not", () => {
    const noisy = arenaOf(planWith({ noise: { model: "additive", sd: 0.1 } }), "branin", 3);
    expect(noisy.observe(centre(2), 0)).not.toBe(noisy.observe(centre(2), 1));
    const exact = arenaOf(planWith({}), "branin", 3);
    expect(exact.observe(centre(2), 1)).toBe(exact.evaluate(centre(2)));
  });

  test("published instances keep the box of the literature, cropped ones lie inside it and keep the optimum", () => {
    const published = arenaOf(planWith({ instances: "published" }), "branin", 3);
    const cropped = arenaOf(planWith({ instances: "cropped" }), "branin", 3);
    expect(boundsOf(published)).toEqual([
      [-5, 10],
      [0, 15],
    ]);
    expect(boundsOf(cropped)).not.toEqual(boundsOf(published));
    boundsOf(cropped).forEach(([low, high], axis) => {
      expect(low).toBeGreaterThanOrEqual(boundsOf(published)[axis]![0]);
      expect(high).toBeLessThanOrEqual(boundsOf(published)[axis]![1]);
    });
    expect(cropped.facts.optimum).toBe(published.facts.optimum);
  });

  test("rotated instances turn what is defined everywhere and leave the rest", () => {
    const [rotated, cropped] = ["rotated", "cropped"].map((instances) => planWith({ instances }));
    const at = configOf(1, 2, 2.5, 2.4, 1.5);
    const values = (problem: string): readonly number[] => [rotated!, cropped!].map((plan) => arenaOf(plan, problem, 3).evaluate(at));
    expect(new Set(values("rastrigin-d5")).size).toBe(2);
    expect(new Set(values("michalewicz-d5")).size).toBe(1);
  });

  test("where the instance follows the seed, values are regrets", () => {
    expect(arenaSpecOf(planWith({}), "bbob-f8-d5-i{seed}", 7)).toMatchObject({ followsSeed: true, instanceId: "bbob-f8-d5-i7" });
    expect(arenaSpecOf(planWith({}), "branin", 7)).toMatchObject({ followsSeed: false, instanceId: "branin" });
    const plan = planWith({ problems: ["bbob-f1-d2-i{seed}"] });
    for (const seed of [1, 2, 3]) {
      const { facts, evaluate } = arenaOf(plan, "bbob-f1-d2-i{seed}", seed);
      const fn = testFunction(`bbob-f1-d2-i${seed}`);
      expect(fn.optimum.value).not.toBe(0);
      expect(facts.optimum).toBe(0);
      expect(evaluate(configOf(...fn.minimisers[0]!))).toBeCloseTo(0, 9);
    }
  });
});
