/** One cell, from what its record has to the record's end: the piece of work that a campaign hands out. */
import { type Arena, arenaOf, type Cell } from "./cells.ts";
import type { Plan } from "./plan.ts";
import { createRecorder, headOf, recordPath } from "./record.ts";
import { type Evaluation, run } from "./run.ts";

/** What all cells of a campaign have in common. */
export type Site = { readonly plan: Plan; readonly planHash: string; readonly folder: string };

export type Task = { readonly cell: Cell; readonly recorded: readonly Evaluation[] };

/** The record's hash, and its noise-free values in order. */
export type Outcome = { readonly hash: string; readonly values: readonly (number | null)[] };

/** Tasks that follow each other on one problem and seed share the instance. */
export function cellRunner({ plan, planHash, folder }: Site): (task: Task) => Outcome {
  let arena: Arena | null = null;
  let current = "";
  return ({ cell, recorded }) => {
    const facing = `${cell.problem} ${cell.seed}`;
    if (arena === null || facing !== current) arena = arenaOf(plan, cell.problem, cell.seed);
    current = facing;
    const recorder = createRecorder(recordPath(folder, cell), headOf(planHash, cell), recorded);
    const evaluations = run(plan, cell, arena, recorded, recorder.add);
    return outcomeOf(recorder.end(), evaluations);
  };
}

export function outcomeOf(hash: string, evaluations: readonly Evaluation[]): Outcome {
  return { hash, values: evaluations.map((evaluation) => evaluation.value) };
}
