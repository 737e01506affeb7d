/**
 * The cells of a plan: every (problem, seed) makes one instance, one initial design and one noise stream, shared by all strategies; every
 * strategy then gets a stream of its own. All randomness is keyed by these names, so a cell's result does not depend on which others run.
 */
import { derive, type Key, root, stream } from "@caviar-hpo/core";
import type { Plan, PlanStrategy } from "./plan.ts";

export type Cell = { readonly problem: string; readonly strategy: PlanStrategy; readonly seed: number };

/** In the order in which they run: by problem, by seed, by strategy. */
export function cellsOf(plan: Plan): readonly Cell[] {
  return plan.problems.flatMap((problem) =>
    seedsOf(plan).flatMap((seed) => plan.strategies.map((strategy) => ({ problem, strategy, seed }))),
  );
}

export function seedsOf(plan: Plan): readonly number[] {
  return Array.from({ length: plan.seeds.count }, (_, index) => plan.seeds.first + index);
}

/** Whether a problem takes another instance at every seed; its values are then counted from the instance's optimum. */
export function followsSeed(problem: string): boolean {
  return problem.includes("{seed}");
}

export function problemIdAt(problem: string, seed: number): string {
  return problem.replaceAll("{seed}", String(seed));
}

/** What all strategies share on a problem and seed is derived from this. */
export function cellKey(problem: string, seed: number): Key {
  return derive(root(seed), "problem", problem);
}

/** Points of the unit cube. */
export function initialDesign(points: number, dimensions: number, key: Key): readonly Float64Array[] {
  return Array.from({ length: points }, (_, index) => Float64Array.from({ length: dimensions }, stream(derive(key, index)).uniform));
}
