/** One cell, from what its record has to the record's end: the piece of work that a campaign hands out. */
import type { RunResult, RunTraining } from "@caviar-hpo/report";
import type { Arena } from "./arena.ts";
import { arenaOf, type Tasks } from "./arenas.ts";
import type { Cell } from "./cells.ts";
import type { Plan } from "./plan.ts";
import { createRecorder, headOf, recordPath } from "./record.ts";
import { type Line, run, toldIn } from "./run.ts";

/** What all cells of a campaign have in common. */
export type Site = { readonly plan: Plan; readonly planHash: string; readonly folder: string };

export type Task = { readonly cell: Cell; readonly recorded: readonly Line[] };

/** The record's hash, and what the report needs of it; null where evaluations are counted. */
export type Outcome = { readonly hash: string; readonly values: RunResult["values"]; readonly training: Training | null };

/** In units of fidelity: when each value was recommended, and how far it had been trained then. */
export type Training = Pick<RunTraining, "from" | "spent" | "measurements" | "failures"> & { readonly fidelities: readonly number[] };

/** Tasks that follow each other on one problem and seed share the instance. */
export function cellRunner({ plan, planHash, folder }: Site, tasks: Tasks): (task: Task) => Outcome {
  let arena: Arena | null = null;
  let current = "";
  return ({ cell, recorded }) => {
    const facing = `${cell.problem} ${cell.seed}`;
    if (arena === null || facing !== current) arena = arenaOf(plan, cell.problem, cell.seed, tasks);
    current = facing;
    const recorder = createRecorder(recordPath(folder, cell), headOf(planHash, cell), recorded);
    const lines = run(plan, cell, arena, recorded, recorder.add);
    return outcomeOf(plan, recorder.end(), lines);
  };
}

export function outcomeOf(plan: Plan, hash: string, lines: readonly Line[]): Outcome {
  if (typeof plan.budget === "number") {
    return { hash, values: lines.flatMap((line) => ("value" in line ? [line.value] : [])), training: null };
  }
  const recommended = lines.flatMap((line) => ("from" in line ? [line] : []));
  const measured = lines.flatMap((line) => ("resource" in line ? [line] : []));
  return {
    hash,
    values: recommended.map(({ value }) => value),
    training: {
      from: recommended.map(({ from }) => from),
      fidelities: recommended.map(({ fidelity }) => fidelity),
      spent: measured.at(-1)?.resource ?? 0,
      measurements: measured.length,
      failures: measured.filter((line) => toldIn(line) === null).length,
    },
  };
}
