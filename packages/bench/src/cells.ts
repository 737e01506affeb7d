/**
 * The cells of a plan: every (problem, seed) makes one instance, one initial design and one noise stream, shared by all strategies; every
 * strategy then gets a stream of its own. All randomness is keyed by these names, so a cell's result does not depend on which others run.
 */
import { derive, type Key, root, stream } from "@caviar/core";
import { instance, type Noise, noisy, type TestFunction, testFunction } from "@caviar/objectives";
import type { Plan, PlanNoise, PlanStrategy } from "./plan.ts";

export type Cell = { readonly problem: string; readonly strategy: PlanStrategy; readonly seed: number };

/** What a cell's strategy faces. Values are regrets where the instance follows the seed, so that every seed of a problem has one optimum. */
export type Arena = {
  readonly fn: TestFunction;
  /** Noise-free, minus `offset`. */
  readonly evaluate: (x: Float64Array) => number;
  /** What the strategy is told: noisy where the plan says so; `replicate` counts earlier evaluations of the same point. */
  readonly observe: (x: Float64Array, replicate: number) => number;
  /** Points of the unit cube that every strategy starts with. */
  readonly initial: readonly Float64Array[];
};

/** In the order in which they run: by problem, by seed, by strategy. */
export function cellsOf(plan: Plan): readonly Cell[] {
  return plan.problems.flatMap((problem) =>
    seedsOf(plan).flatMap((seed) => plan.strategies.map((strategy) => ({ problem, strategy, seed }))),
  );
}

export function seedsOf(plan: Plan): readonly number[] {
  return Array.from({ length: plan.seeds.count }, (_, index) => plan.seeds.first + index);
}

/** @throws ConfigError for a problem the catalogue does not know. */
export function arenaOf(plan: Plan, problem: string, seed: number): Arena {
  const key = derive(root(seed), "problem", problem);
  const base = testFunction(problemIdAt(problem, seed));
  const fn =
    plan.instances === "published"
      ? base
      : instance(base, derive(key, "instance"), { rotate: plan.instances === "rotated" && base.domain === "reals" });
  const offset = followsSeed(problem) ? fn.optimum.value : 0;
  const evaluate = (x: Float64Array): number => fn.evaluate(x) - offset;
  const noise = plan.noise === null ? null : noisy(fn, scaled(plan.noise), derive(key, "noise"));
  return {
    fn,
    evaluate,
    observe: noise === null ? evaluate : (x, replicate) => noise(x, replicate) - offset,
    initial: initialDesign(plan.initialPoints, fn.bounds.length, derive(key, "initial")),
  };
}

function scaled({ model, sd }: PlanNoise): Noise {
  return model === "multiplicative" ? { model, sd } : { model, sd: { spreads: sd } };
}

/** Whether a problem takes another instance at every seed; its values are then counted from the instance's optimum. */
export function followsSeed(problem: string): boolean {
  return problem.includes("{seed}");
}

export function problemIdAt(problem: string, seed: number): string {
  return problem.replaceAll("{seed}", String(seed));
}

function initialDesign(points: number, dimensions: number, key: Key): readonly Float64Array[] {
  return Array.from({ length: points }, (_, index) => Float64Array.from({ length: dimensions }, stream(derive(key, index)).uniform));
}
