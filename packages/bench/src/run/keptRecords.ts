/** What the folder of a campaign holds already. */
import { dirname } from "node:path";
import { JournalError } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";
import type { Disk } from "@caviar-hpo/runtime/disk";
import type { Arena } from "../arena/arena.ts";
import type { CampaignCell, CampaignCells } from "../plan/cells.ts";
import { headOf, readRecord, recordPath } from "../record/record.ts";
import { type CellOutcome, outcomeOf } from "./cellOutcome.ts";
import type { CampaignSite } from "./runCell.ts";

export type KeptRecords = {
  /** By the place in the order of the cells, which is also the order here. */
  readonly finished: ReadonlyMap<number, CellOutcome>;
  /** Paths of the records whose last line is not whole. */
  readonly torn: readonly string[];
  /** Whether the records are of format 1. */
  readonly old: boolean;
};

/**
 * Reads all records that are there, before the first run, so that a folder that cannot be continued is refused as it is. It takes time and
 * memory in proportion to the records, not to the cells.
 *
 * @throws JournalError for damaged records, for those of another plan, and for a campaign of format 1 that has not ended.
 */
export function readKept(
  disk: Disk,
  cells: CampaignCells,
  { folder, planHash }: Pick<CampaignSite, "folder" | "planHash">,
  arenaOf: (cell: CampaignCell) => Arena,
): KeptRecords {
  const finished = new Map<number, CellOutcome>();
  const torn: string[] = [];
  let old: string | null = null;
  for (const index of recordedCells(disk, cells, folder)) {
    const cell = cells.at(index);
    const path = recordPath(folder, cell.name);
    const record = readRecord(disk, path, headOf(planHash, cell.name));
    if (record === null) continue;
    if (record.torn) torn.push(path);
    if (record.format === 1) old = path;
    if (record.end !== null)
      finished.set(
        index,
        outcomeOf(cell, record.end, record.lines, () => arenaOf(cell)),
      );
  }
  if (old !== null && finished.size < cells.count) throw unfinishedFormat1(old, cells.count - finished.size);
  return { finished, torn, old: old !== null };
}

/** The places of the cells that have a record, whether or not it has an end, in order. */
export function recordedCells(disk: Disk, cells: CampaignCells, folder: string): readonly number[] {
  const found: number[] = [];
  for (const problem of cells.problems)
    for (const strategy of cells.strategies) {
      const names = disk.list(dirname(recordPath(folder, { problem, strategy, seed: 0 })));
      for (const name of names) {
        const [, seed] = /^(0|[1-9]\d*)\.jsonl$/.exec(name) ?? [];
        const index = seed === undefined ? -1 : cells.indexOf({ problem, strategy, seed: Number(seed) });
        if (index >= 0) found.push(index);
      }
    }
  return found.sort((a, b) => a - b);
}

/** Deletes the records of failed runs, so that these run again. */
export function withoutFailed(disk: Disk, cells: CampaignCells, kept: KeptRecords, folder: string): KeptRecords {
  if (kept.old) return kept;
  const finished = new Map(kept.finished);
  for (const [index, { end }] of kept.finished) {
    if (end.failed === null) continue;
    disk.remove(recordPath(folder, cells.at(index).name));
    finished.delete(index);
  }
  return { ...kept, finished };
}

function unfinishedFormat1(path: string, missing: number): JournalError {
  return new JournalError({
    code: "oldFormat",
    what: path,
    expected: "records of format 2, or a campaign of format 1 that has ended",
    got: `a record of format 1, and ${counted(missing, "run")} to continue`,
    remedy: "Records of format 1 are read, but not continued. Run the campaign into another folder, or with --fresh.",
  });
}
