/**
 * Hands out cells in order, each to the next free worker: no worker waits while cells are left. After a failure no more cells are handed
 * out, and those under way are finished. The failure that counts is the earliest in the order: all cells before it had been handed out, so
 * a single worker would have met the same one.
 */
import type { CampaignCell } from "../plan/cells.ts";
import type { CellOutcome } from "./cellOutcome.ts";
import type { CellWorker } from "./cellWorker.ts";
import type { CellFailure } from "./failure.ts";

/** A cell, and its place in the order of all cells of the campaign. */
export type IndexedCell = { readonly index: number; readonly cell: CampaignCell };

/** @returns the failure of the earliest cell that failed; null where all are done. */
export async function handOut(
  cells: Iterable<IndexedCell>,
  workers: readonly CellWorker[],
  onOutcome: (done: IndexedCell, outcome: CellOutcome) => void,
): Promise<{ readonly cell: CampaignCell; readonly failure: CellFailure } | null> {
  const left = cells[Symbol.iterator]();
  const failures: (IndexedCell & { readonly failure: CellFailure })[] = [];
  const serve = async (worker: CellWorker): Promise<void> => {
    while (failures.length === 0) {
      const next = left.next();
      if (next.done === true) return;
      const answer = await worker.run(next.value.cell);
      if ("outcome" in answer) onOutcome(next.value, answer.outcome);
      else failures.push({ ...next.value, failure: answer.failure });
    }
  };
  await Promise.all(workers.map(serve));
  failures.sort((a, b) => a.index - b.index);
  return failures[0] ?? null;
}
