/** Every problem that a plan can name, as an arena. */
import { ConfigError, show } from "@caviar-hpo/core";
import { loadTask, type Task, taskNames } from "@caviar-hpo/testbed";
import type { Arena } from "./arena.ts";
import type { Plan } from "./plan.ts";
import { pointArena } from "./pointArena.ts";
import { taskArena } from "./taskArena.ts";
import { trainingArena } from "./trainingArena.ts";

/** The tasks of a plan by name. */
export type Tasks = ReadonlyMap<string, Task>;

/**
 * Loads what a plan's problems need that takes time.
 *
 * @throws ConfigError where a task's data come from a package that is not installed, saying which; or where a plan with tasks counts evaluations.
 */
export async function loadTasks({ problems, budget }: Plan): Promise<Tasks> {
  const names = problems.filter((problem) => taskNames.includes(problem));
  if (names.length > 0 && typeof budget === "number") {
    throw new ConfigError({
      code: "badPlan",
      what: `plan.budget with the task ${show(names[0])}`,
      expected: "resource, since networks are trained epoch by epoch",
      got: show(budget),
      remedy: `Write { "fullTrainings": ${Math.max(2, budget)} }.`,
    });
  }
  return new Map(await Promise.all(names.map(async (name) => [name, await loadTask(name)] as const)));
}

/** @throws ConfigError for a problem that nobody knows. */
export function arenaOf(plan: Plan, problem: string, seed: number, tasks: Tasks = new Map()): Arena {
  const task = tasks.get(problem);
  if (task !== undefined) return taskArena(plan, problem, seed, task);
  return typeof plan.budget === "number" ? pointArena(plan, problem, seed) : trainingArena(plan, problem, seed);
}
