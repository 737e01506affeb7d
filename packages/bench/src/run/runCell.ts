/** One cell, from what its record has to the record's end: the piece of work that a campaign hands out. */
import type { Arena } from "../arena/arena.ts";
import { type LoadedTasks, openArena } from "../arena/arenas.ts";
import type { PartsAtHand, PartsSite } from "../parts/partsAtHand.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { createRecorder, headOf, recordPath } from "../record/record.ts";
import { type CellOutcome, outcomeOf } from "./cellOutcome.ts";
import { run } from "./run.ts";
import type { RecordLine } from "./transcript.ts";

/** What all cells of a campaign have in common. */
export type CampaignSite = {
  readonly folder: string;
  readonly planHash: string;
  /** Tasks of the testbed that cells need. */
  readonly taskNames: readonly string[];
  readonly parts: PartsSite;
};

/** A cell whose record has not ended, and the lines that it has; none for a cell that was never begun. */
export type UnfinishedCell = { readonly cell: CampaignCell; readonly recorded: readonly RecordLine[] };

/** Consecutive cells of one problem and seed share the arena. */
export function cellRunner(
  { folder, planHash }: CampaignSite,
  tasks: LoadedTasks,
  parts: PartsAtHand,
): (unfinished: UnfinishedCell) => CellOutcome {
  let arena: Arena | null = null;
  let current = "";
  return ({ cell, recorded }) => {
    const facing = `${cell.arena.problem} ${cell.arena.seed}`;
    if (arena === null || facing !== current) arena = openArena(cell.arena, tasks, parts);
    current = facing;
    const recorder = createRecorder(recordPath(folder, cell.name), headOf(planHash, cell.name), recorded);
    const lines = run({ cell, arena, parts, recorded, onLine: recorder.add });
    return outcomeOf(cell, recorder.end(), lines);
  };
}
