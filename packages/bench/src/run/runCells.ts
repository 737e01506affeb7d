/** All cells of a campaign. Finished cells are read from their records, and workers run the others. */
import type { OnNotice } from "@caviar-hpo/core";
import type { LoadedTasks } from "../arena/arenas.ts";
import { tornRecords } from "../campaign/notices.ts";
import type { PartsAtHand } from "../parts/partsAtHand.ts";
import type { CampaignCell, CellName } from "../plan/cells.ts";
import { headOf, readRecord, recordPath } from "../record/record.ts";
import { type CellOutcome, outcomeOf } from "./cellOutcome.ts";
import { type CellWorker, newThread, ownThread } from "./cellWorker.ts";
import { errorAt } from "./failure.ts";
import { handOut } from "./handOut.ts";
import type { CampaignSite, UnfinishedCell } from "./runCell.ts";

/** How far a campaign is. */
export type CampaignProgress = {
  readonly done: number;
  readonly total: number;
  /** How many runs were read from the folder. They are counted first. */
  readonly kept: number;
  /** The cell that finished last. With several workers, cells finish in no particular order. */
  readonly cell: CellName;
};

export type CellsToRun = {
  readonly cells: readonly CampaignCell[];
  readonly site: CampaignSite;
  readonly tasks: LoadedTasks;
  readonly parts: PartsAtHand;
  readonly workers: number;
  readonly onProgress: (progress: CampaignProgress) => void;
  readonly onNotice: OnNotice;
};

/**
 * The outcome of every cell in the order of `cells`, whatever the order in which they are done.
 *
 * @throws JournalError for damaged records, before the first run; the error of a run, which names its cell.
 */
export async function runCells({ cells, site, tasks, parts, workers, onProgress, onNotice }: CellsToRun): Promise<readonly CellOutcome[]> {
  const { finished, unfinished, torn } = readRecords(cells, site);
  if (torn.length > 0) onNotice(tornRecords(torn));
  const outcomes = new Map<CampaignCell, CellOutcome>();
  const add = (cell: CampaignCell, outcome: CellOutcome): void => {
    outcomes.set(cell, outcome);
    const kept = Math.min(outcomes.size, finished.size);
    onProgress({ done: outcomes.size, total: cells.length, kept, cell: cell.name });
  };
  for (const [cell, outcome] of finished) add(cell, outcome);
  const start = (): CellWorker => (workers === 1 ? ownThread(site, tasks, parts) : newThread(site));
  const started = Array.from({ length: Math.min(workers, unfinished.length) }, start);
  try {
    const failed = await handOut(unfinished, started, ({ cell }, outcome) => add(cell, outcome));
    if (failed !== null) throw errorAt(failed.unfinished.cell.name, failed.failure);
  } finally {
    await Promise.all(started.map((worker) => worker.close()));
  }
  return cells.map((cell) => outcomes.get(cell)!);
}

type CampaignRecords = {
  readonly finished: ReadonlyMap<CampaignCell, CellOutcome>;
  readonly unfinished: readonly UnfinishedCell[];
  /** Paths of the records whose last line is not whole. */
  readonly torn: readonly string[];
};

/** All records are read before the first run, so that a folder that cannot be continued is refused as it is. */
function readRecords(cells: readonly CampaignCell[], { folder, planHash }: CampaignSite): CampaignRecords {
  const torn: string[] = [];
  const records = cells.map(({ name }) => {
    const path = recordPath(folder, name);
    return readRecord(path, headOf(planHash, name), () => torn.push(path));
  });
  const finished = new Map<CampaignCell, CellOutcome>();
  const unfinished: UnfinishedCell[] = [];
  for (const [index, cell] of cells.entries()) {
    const { hash, lines } = records[index] ?? { hash: null, lines: [] };
    if (hash === null) unfinished.push({ cell, recorded: lines });
    else finished.set(cell, outcomeOf(cell, hash, lines));
  }
  return { finished, unfinished, torn };
}
