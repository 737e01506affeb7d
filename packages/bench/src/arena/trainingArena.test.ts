import { type Config, decode, type Job, trialId } from "@caviar-hpo/core";
import { multiFidelityFunction } from "@caviar-hpo/objectives";
import { describe, expect, test } from "vitest";
import { specOf, tinyTrainingPlan } from "../../testing/plans.ts";
import type { Plan } from "../plan/plan.ts";
import type { Arena } from "./arena.ts";
import { trainingArena } from "./trainingArena.ts";

const plan = tinyTrainingPlan({ initialPoints: 2 });
const curves = "curves-noisy-branin";

function arenaOf(of: Plan, problem: string, seed: number): Arena {
  return trainingArena(specOf("training", of, problem, seed));
}

function measure(problem: string, seed: number, config: Config, fidelity: number, of = plan): unknown {
  const job = { trial: trialId(0), config } as Job;
  const course = arenaOf(of, problem, seed).begin();
  course.request(job, fidelity, fidelity);
  return course.answer(job, fidelity);
}

describe("an arena of trainings", () => {
  test("depends on problem and seed alone, not on what else the plan compares", () => {
    const other = tinyTrainingPlan({ initialPoints: 2, strategies: [{ name: "sobol" }], problems: [curves], seeds: { count: 9 } });
    const [one, another] = [arenaOf(plan, curves, 3), arenaOf(other, curves, 3)];
    expect(another.problem).toEqual(one.problem);
    expect(another.initial).toEqual(one.initial);
    expect(measure(curves, 3, one.initial[0]!, 9, other)).toEqual(measure(curves, 3, one.initial[0]!, 9));
  });

  test("differs from seed to seed in its box, its initial design and its noise", () => {
    const published = tinyTrainingPlan({ initialPoints: 2, instances: "published" });
    const [one, another] = [3, 4].map((seed) => arenaOf(plan, curves, seed));
    expect(another!.problem.space).not.toEqual(one!.problem.space);
    expect(another!.initial).not.toEqual(one!.initial);
    const { initial, problem } = arenaOf(published, curves, 3);
    expect(problem.space).toEqual(multiFidelityFunction(curves).space);
    expect(measure(curves, 4, initial[0]!, 9, published)).not.toEqual(measure(curves, 3, initial[0]!, 9, published));
  });

  test("measures the same whatever was measured before, and tells what diverged or is infeasible as nothing", () => {
    const [one, another] = [1, 1].map((seed) => arenaOf(plan, "curves-diverging-branin", seed));
    const jobs = Array.from({ length: 200 }, (_, index) => {
      const config = decode(one!.problem.space, Float64Array.of((index % 14) / 14, index / 200));
      return { trial: trialId(index), config } as Job;
    });
    const [course, backwards] = [one!.begin(), another!.begin()];
    const answers = jobs.map((job) => course.answer(job, 81));
    expect([...jobs].reverse().map((job) => backwards.answer(job, 81))).toEqual([...answers].reverse());
    const failed = answers.filter(({ told }) => !Number.isFinite(told)).length;
    expect(failed).toBeGreaterThan(20);
    expect(failed).toBeLessThan(180);
  });

  test("scores by the truth, and where the instance follows the seed by regret", () => {
    const arena = arenaOf(plan, "mf-hartmann3-good", 1);
    const fn = multiFidelityFunction("mf-hartmann3-good");
    expect(arena.score!(arena.initial[0]!)).toBe(fn.truth(arena.initial[0]!));
    expect(arena.facts.optimum).toBe(fn.optimum.value);
    const following = arenaOf(plan, "curves-aligned-bbob-f8-d2-i{seed}", 5);
    expect(following.facts).toMatchObject({
      optimum: 0,
      dimensions: 2,
      title: "Learning curves over BBOB f8: Rosenbrock, 2 dimensions, instance = seed",
    });
  });

  test("takes the seconds of the function from one fidelity to another, from scratch where it starts there", () => {
    const { seconds, initial } = arenaOf(plan, curves, 1);
    const fn = multiFidelityFunction(curves);
    const config = initial[0]!;
    const key = [0, 0, 0, 0] as const;
    expect(seconds(config, 0, 9, key)).toBe(fn.costSeconds(config, 9));
    expect(seconds(config, 3, 9, key)).toBeCloseTo(fn.costSeconds(config, 9) - fn.costSeconds(config, 3), 12);
  });
});
