import { describe, expect, test } from "vitest";
import { cellsOf, followsSeed, problemIdAt } from "./cells.ts";
import { type Plan, readPlan } from "./plan.ts";
import { pointArena } from "./pointArena.ts";

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

const centre = (dimensions: number): Float64Array => new Float64Array(dimensions).fill(0.25);

test("cells are every problem, seed and strategy once, in that order", () => {
  expect(cellsOf(planWith({})).map(({ problem, seed, strategy }) => `${problem} ${seed} ${strategy.label}`)).toEqual([
    "branin 3 random",
    "branin 3 sobol",
    "branin 4 random",
    "branin 4 sobol",
    "sphere-d5 3 random",
    "sphere-d5 3 sobol",
    "sphere-d5 4 random",
    "sphere-d5 4 sobol",
  ]);
});

describe("an arena", () => {
  test("depends on problem and seed alone, not on what else the plan compares", () => {
    const noise = { model: "additive", sd: 0.1 };
    const alone = pointArena(planWith({ noise, strategies: [{ name: "grid" }], problems: ["branin"], seeds: { count: 9 } }), "branin", 3);
    const among = pointArena(planWith({ noise }), "branin", 3);
    expect(alone.fn.bounds).toEqual(among.fn.bounds);
    expect(alone.initial).toEqual(among.initial);
    expect([0, 1, 2].map((replicate) => alone.observe(centre(2), replicate))).toEqual(
      [0, 1, 2].map((replicate) => among.observe(centre(2), replicate)),
    );
  });

  test("differs from seed to seed and from problem to problem: box, initial design, noise", () => {
    const plan = planWith({ noise: { model: "additive", sd: 0.1 }, problems: ["sphere-d5", "rastrigin-d5"] });
    const [a, b, c] = [pointArena(plan, "sphere-d5", 3), pointArena(plan, "sphere-d5", 4), pointArena(plan, "rastrigin-d5", 3)];
    expect(a.fn.bounds).not.toEqual(b.fn.bounds);
    expect(a.initial[0]).not.toEqual(b.initial[0]);
    expect(a.initial[0]).not.toEqual(c.initial[0]);
    const noiseOf = ({ observe, evaluate }: typeof a): number => observe(centre(5), 0) - evaluate(centre(5));
    expect(noiseOf(a)).not.toBe(noiseOf(b));
  });

  test("a longer initial design begins with the shorter one", () => {
    const [short, long] = [3, 7].map((initialPoints) => pointArena(planWith({ initialPoints }), "branin", 3).initial);
    expect(long!.slice(0, 3)).toEqual(short);
  });

  test("the noise of a point and replicate does not depend on what was observed before", () => {
    const plan = planWith({ noise: { model: "studentT3", sd: 0.3 } });
    const points = Array.from({ length: 20 }, (_, index) => Float64Array.of(index / 4, 3));
    const forwards = pointArena(plan, "branin", 3);
    const backwards = pointArena(plan, "branin", 3);
    const there = points.map((point, index) => forwards.observe(point, index % 3));
    const back = points.map((_, index) => 19 - index).map((index) => backwards.observe(points[index]!, index % 3));
    expect(back.reverse()).toEqual(there);
  });

  test("replicates of a point differ; without noise they do not", () => {
    const noisy = pointArena(planWith({ noise: { model: "additive", sd: 0.1 } }), "branin", 3);
    expect(noisy.observe(centre(2), 0)).not.toBe(noisy.observe(centre(2), 1));
    const exact = pointArena(planWith({}), "branin", 3);
    expect(exact.observe(centre(2), 1)).toBe(exact.evaluate(centre(2)));
  });

  test("published instances keep the box of the literature, cropped ones lie inside it and keep the optimum", () => {
    const published = pointArena(planWith({ instances: "published" }), "branin", 3).fn;
    const cropped = pointArena(planWith({ instances: "cropped" }), "branin", 3).fn;
    expect(published.bounds).toEqual([
      [-5, 10],
      [0, 15],
    ]);
    expect(cropped.bounds).not.toEqual(published.bounds);
    cropped.bounds.forEach(([low, high], axis) => {
      expect(low).toBeGreaterThanOrEqual(published.bounds[axis]![0]);
      expect(high).toBeLessThanOrEqual(published.bounds[axis]![1]);
    });
    expect(cropped.optimum.value).toBe(published.optimum.value);
  });

  test("rotated instances turn what is defined everywhere and leave the rest", () => {
    const [rotated, cropped] = ["rotated", "cropped"].map((instances) => planWith({ instances }));
    const at = Float64Array.of(1, 2, 2.5, 3, 1.5);
    const values = (problem: string): readonly number[] => [rotated!, cropped!].map((plan) => pointArena(plan, problem, 3).evaluate(at));
    expect(new Set(values("rastrigin-d5")).size).toBe(2);
    expect(new Set(values("michalewicz-d5")).size).toBe(1);
  });

  test("where the instance follows the seed, values are regrets", () => {
    expect([followsSeed("bbob-f8-d5-i{seed}"), followsSeed("branin")]).toEqual([true, false]);
    expect(problemIdAt("bbob-f8-d5-i{seed}", 7)).toBe("bbob-f8-d5-i7");
    const plan = planWith({ problems: ["bbob-f1-d2-i{seed}"] });
    for (const seed of [1, 2, 3]) {
      const { fn, evaluate } = pointArena(plan, "bbob-f1-d2-i{seed}", seed);
      expect(fn.optimum.value).not.toBe(0);
      expect(evaluate(Float64Array.from(fn.minimisers[0]!))).toBeCloseTo(0, 9);
    }
  });
});
