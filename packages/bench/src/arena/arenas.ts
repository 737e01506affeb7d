/** Opens the arena that a specification describes. */
import { loadTask, type Task } from "@caviar-hpo/testbed";
import { noParts, type PartsAtHand } from "../parts/partsAtHand.ts";
import type { Arena } from "./arena.ts";
import { type ArenaSpec, isConstrained } from "./arenaSpec.ts";
import { constrainedArena } from "./constrainedArena.ts";
import { ownArena } from "./ownArena.ts";
import { pointArena } from "./pointArena.ts";
import { taskArena } from "./taskArena.ts";
import { trainingArena } from "./trainingArena.ts";

/** Tasks of the testbed by name, with their data in memory. */
export type LoadedTasks = ReadonlyMap<string, Task>;

/** @throws ConfigError where a task's data come from a package that is not installed, saying which. */
export async function loadTasks(names: readonly string[]): Promise<LoadedTasks> {
  return new Map(await Promise.all(names.map(async (name) => [name, await loadTask(name)] as const)));
}

/**
 * @param tasks must hold the task of a specification that names one.
 * @param parts must hold the module of a specification that names one.
 * @throws ConfigError for a problem that the catalogue does not have, and for constraints that do not fit the problem.
 */
export function openArena(spec: ArenaSpec, tasks: LoadedTasks, parts: PartsAtHand = noParts): Arena {
  const arena = freeArena(spec, tasks, parts);
  return isConstrained(spec) ? constrainedArena(arena, spec) : arena;
}

function freeArena(spec: ArenaSpec, tasks: LoadedTasks, parts: PartsAtHand): Arena {
  switch (spec.kind) {
    case "points":
      return pointArena(spec);
    case "training":
      return trainingArena(spec);
    case "task":
      return taskArena(spec, tasks.get(spec.instanceId)!);
    case "own":
      return ownArena(spec, parts);
  }
}
