/** Every problem that a plan can name, as an arena. */
import type { Arena } from "./arena.ts";
import type { Plan } from "./plan.ts";
import { pointArena } from "./pointArena.ts";
import { trainingArena } from "./trainingArena.ts";

/** @throws ConfigError for a problem that nobody knows. */
export function arenaOf(plan: Plan, problem: string, seed: number): Arena {
  return typeof plan.budget === "number" ? pointArena(plan, problem, seed) : trainingArena(plan, problem, seed);
}
