/**
 * How long the asks of a run took on the machine that made it, and what the strategy predicted: a file for each run next to its record. No
 * hash covers it, because the same run takes another time on another day.
 */
import { Buffer } from "node:buffer";
import { dirname, join } from "node:path";
import { limits } from "@caviar-hpo/core";
import { array, finite, nullable, object, oneOf } from "@caviar-hpo/core/read";
import type { RunPrediction } from "@caviar-hpo/report";
import { appendAll, type Disk } from "@caviar-hpo/runtime/disk";
import type { CellName } from "../plan/cells.ts";
import { damaged, lineRoot } from "../record/damage.ts";
import { cellPath } from "../record/record.ts";

/** The file below the campaign's folder. */
export function timesPath(folder: string, cell: CellName): string {
  return `${cellPath(join(folder, "times"), cell)}.json`;
}

export type WatchedRun = { readonly askSeconds: readonly number[]; readonly predictions: readonly RunPrediction[] };

export function writeTimes(disk: Disk, path: string, { askSeconds, predictions }: WatchedRun): void {
  disk.makeFolder(dirname(path));
  if (disk.size(path) !== null) disk.remove(path);
  const file = disk.open(path);
  const asks = askSeconds.map((one) => Math.round(one * 1e6));
  const content = { unit: "microsecond", asks, predictions: predictions.map(({ mean, sd, value }) => [mean, sd, value]) };
  try {
    appendAll(file, Buffer.from(`${JSON.stringify(content)}\n`));
  } finally {
    file.close();
  }
}

const amounts = array(nullable(finite), limits.params);
const decodeTimes = object(
  { unit: oneOf("microsecond"), asks: array(finite, Number.MAX_SAFE_INTEGER) },
  { predictions: array(amounts, Number.MAX_SAFE_INTEGER) },
);

/**
 * null where there is no file, as for a run of an archive. JSON has no numbers that are not finite, so predictions with one are left out.
 *
 * @throws JournalError "corrupt" for any other content.
 */
export function readTimes(disk: Disk, path: string): WatchedRun | null {
  const size = disk.size(path);
  if (size === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(disk.read(path, 0, size)).toString());
  } catch {
    damaged(path, "the times of a run", `${size} bytes that are no JSON`, "Delete the file: no result depends on it.");
  }
  const { asks, predictions = [] } = decodeTimes(value, lineRoot(path, 1));
  return {
    askSeconds: asks.map((one) => one / 1e6),
    predictions: predictions.flatMap(([mean, sd, told]) => (mean == null || sd == null || told == null ? [] : [{ mean, sd, value: told }])),
  };
}
