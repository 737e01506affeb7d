/**
 * How long the asks of a run took on the machine that made it: a file for each run next to its record. No hash covers it, because the same
 * run takes another time on another day.
 */
import { Buffer } from "node:buffer";
import { dirname, join } from "node:path";
import { appendAll, type Disk } from "@caviar-hpo/runtime/disk";
import type { CellName } from "../plan/cells.ts";
import { cellPath } from "../record/record.ts";

/** The file below the campaign's folder. */
export function timesPath(folder: string, cell: CellName): string {
  return `${cellPath(join(folder, "times"), cell)}.json`;
}

/** @param askSeconds one number per ask, in order. */
export function writeTimes(disk: Disk, path: string, askSeconds: readonly number[]): void {
  disk.makeFolder(dirname(path));
  if (disk.size(path) !== null) disk.remove(path);
  const file = disk.open(path);
  try {
    appendAll(file, Buffer.from(`${JSON.stringify({ unit: "microsecond", asks: askSeconds.map((one) => Math.round(one * 1e6)) })}\n`));
  } finally {
    file.close();
  }
}
