/** One cell, from what its record has to the record's end: the piece of work that a campaign hands out. */
import type { Disk } from "@caviar-hpo/runtime/disk";
import type { Arena } from "../arena/arena.ts";
import { type LoadedTasks, openArena } from "../arena/arenas.ts";
import type { StrategyPart } from "../parts/part.ts";
import type { PartsAtHand, PartsSite } from "../parts/partsAtHand.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { headOf, recordPath } from "../record/record.ts";
import { openRecorder } from "../record/recorder.ts";
import { type CellOutcome, outcomeOf } from "./cellOutcome.ts";
import { timesPath, writeTimes } from "./cellTimes.ts";
import { run } from "./run.ts";

/** What all cells of a campaign have in common. It can be sent to a thread. */
export type CampaignSite = {
  readonly folder: string;
  readonly planHash: string;
  /** Tasks of the testbed that cells need. */
  readonly taskNames: readonly string[];
  /** Modules and programs of the plan. */
  readonly parts: PartsSite;
  /** The file of the campaign's lock. */
  readonly lockPath: string;
};

/** What a thread works with. */
export type CellSeams = {
  /** A checked one. */
  readonly disk: Disk;
  readonly tasks: LoadedTasks;
  readonly parts: PartsAtHand;
  /** Throws where the campaign's lock is lost. */
  readonly checkHeld: () => void;
  /** Milliseconds since any moment. They decide only when lines are written. */
  readonly clockMs: () => number;
};

export const clockMs = (): number => performance.now();

export function cellRunner(
  { folder, planHash }: CampaignSite,
  { disk, tasks, parts, checkHeld, clockMs }: CellSeams,
): (cell: CampaignCell) => CellOutcome {
  const arenaOf = arenaOpener(tasks, parts);
  return (cell) => {
    const path = recordPath(folder, cell.name);
    // A program need not repeat its answers, so its run cannot continue from a record: it begins again.
    if (isProgram(cell.strategy.part)) disk.remove(path);
    const recorder = openRecorder(disk, path, headOf(planHash, cell.name), { checkHeld, clockMs });
    try {
      const { lines, spent, failed, ...watched } = run({
        cell,
        arena: () => arenaOf(cell),
        parts,
        recorded: recorder.recorded,
        onLine: recorder.add,
      });
      writeTimes(disk, timesPath(folder, cell.name), watched);
      return outcomeOf(cell, recorder.end({ spent, failed }), lines, () => arenaOf(cell));
    } finally {
      recorder.close();
    }
  };
}

/** Opens the arenas of cells. Consecutive cells of one problem and seed share it. */
export function arenaOpener(tasks: LoadedTasks, parts: PartsAtHand): (cell: CampaignCell) => Arena {
  let arena: Arena | null = null;
  let current = "";
  return (cell) => {
    const facing = `${cell.arena.problem} ${cell.arena.seed}`;
    if (arena === null || facing !== current) arena = openArena(cell.arena, tasks, parts);
    current = facing;
    return arena;
  };
}

function isProgram(part: StrategyPart | undefined): boolean {
  return part?.kind === "command" || part?.kind === "peer";
}
