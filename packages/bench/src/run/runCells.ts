/** All cells of a campaign. Finished cells are read from their records, and workers run the others. */
import { dirname } from "node:path";
import type { Disk } from "@caviar-hpo/runtime/disk";
import type { CampaignCells, CellName } from "../plan/cells.ts";
import { recordPath } from "../record/record.ts";
import type { CellOutcome } from "./cellOutcome.ts";
import { type CellWorker, newThread, ownThread } from "./cellWorker.ts";
import { errorAt } from "./failure.ts";
import { handOut, type IndexedCell } from "./handOut.ts";
import type { KeptRecords } from "./keptRecords.ts";
import type { CampaignSite, CellSeams } from "./runCell.ts";

/** How far a campaign is. */
export type CampaignProgress = {
  readonly done: number;
  readonly total: number;
  /** How many runs were read from the folder. They are counted first. */
  readonly kept: number;
  /** How many of the runs that are done have failed. */
  readonly failed: number;
  /** The cell that finished last. With several workers, cells finish in no particular order. */
  readonly cell: CellName;
};

export type CellsToRun = {
  readonly cells: CampaignCells;
  readonly kept: KeptRecords;
  readonly site: CampaignSite;
  readonly seams: CellSeams;
  readonly workers: number;
  readonly onProgress: (progress: CampaignProgress) => void;
};

/**
 * The outcome of every cell, by its place in the order of `cells`.
 *
 * @throws the error of a cell, which names it: of the disk, of a lost lock, or of a record that the run departs from.
 */
export async function runCells({ cells, kept, site, seams, workers, onProgress }: CellsToRun): Promise<ReadonlyMap<number, CellOutcome>> {
  const outcomes = new Map<number, CellOutcome>();
  let failed = 0;
  const add = ({ index, cell }: IndexedCell, outcome: CellOutcome): void => {
    outcomes.set(index, outcome);
    if (outcome.end.failed !== null) failed++;
    const counts = { done: outcomes.size, total: cells.count, kept: Math.min(outcomes.size, kept.finished.size), failed };
    onProgress({ ...counts, cell: cell.name });
  };
  for (const [index, outcome] of kept.finished) add({ index, cell: cells.at(index) }, outcome);
  const folders = new Set<string>();
  const left = cells.count - kept.finished.size;
  const start = (): CellWorker => (workers === 1 ? ownThread(site, seams) : newThread(site));
  const started = Array.from({ length: Math.min(workers, left) }, start);
  try {
    const stopped = await handOut(unfinished(cells, kept), started, (done, outcome) => {
      folders.add(dirname(recordPath(site.folder, done.cell.name)));
      add(done, outcome);
    });
    if (stopped !== null) throw errorAt(stopped.cell.name, stopped.failure);
  } finally {
    await Promise.all(started.map((worker) => worker.close()));
  }
  syncFolders(seams.disk, folders);
  return outcomes;
}

function* unfinished(cells: CampaignCells, { finished }: KeptRecords): Iterable<IndexedCell> {
  for (let index = 0; index < cells.count; index++) if (!finished.has(index)) yield { index, cell: cells.at(index) };
}

/** Each record is synced when its run ends. Now its name survives a power loss too. */
function syncFolders(disk: Disk, folders: ReadonlySet<string>): void {
  const above = new Set([...folders].flatMap((folder) => [folder, dirname(folder), dirname(dirname(folder))]));
  for (const folder of above) disk.syncFolder(folder);
}
