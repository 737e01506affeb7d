/**
 * Hands out cells in order, each to the next free worker: no worker waits while cells are left. After a failure no more cells are handed
 * out, and those under way are finished. The failure that counts is the earliest in the order: all cells before it had been handed out, so
 * a single worker would have met the same one.
 */
import type { CellOutcome } from "./cellOutcome.ts";
import type { CellWorker } from "./cellWorker.ts";
import type { CellFailure } from "./failure.ts";
import type { UnfinishedCell } from "./runCell.ts";

/** @returns the failure of the earliest cell that failed; null where all are done. */
export async function handOut(
  cells: readonly UnfinishedCell[],
  workers: readonly CellWorker[],
  onOutcome: (unfinished: UnfinishedCell, outcome: CellOutcome) => void,
): Promise<{ readonly unfinished: UnfinishedCell; readonly failure: CellFailure } | null> {
  const failures = new Map<number, CellFailure>();
  let next = 0;
  const serve = async (worker: CellWorker): Promise<void> => {
    while (failures.size === 0 && next < cells.length) {
      const index = next;
      next++;
      const unfinished = cells[index]!;
      const answer = await worker.run(unfinished);
      if ("outcome" in answer) onOutcome(unfinished, answer.outcome);
      else failures.set(index, answer.failure);
    }
  };
  await Promise.all(workers.map(serve));
  if (failures.size === 0) return null;
  const first = Math.min(...failures.keys());
  return { unfinished: cells[first]!, failure: failures.get(first)! };
}
