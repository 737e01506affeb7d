/**
 * Tasks handed out in order, each to whichever worker is free, so that none waits while tasks are left, and all end within one task of each
 * other. After a failure no more are handed out, those under way are finished, and the failure earliest in the order counts: all tasks before
 * it had been handed out, so it is the one that a single worker would have met, whoever was faster.
 */
import type { CellWorker } from "./cellWorker.ts";
import type { Failure } from "./failure.ts";
import type { Outcome, Task } from "./runCell.ts";

/** @returns the failure of the earliest task that failed; null where all are done. */
export async function handOut(
  tasks: readonly Task[],
  workers: readonly CellWorker[],
  onOutcome: (task: Task, outcome: Outcome) => void,
): Promise<{ readonly task: Task; readonly failure: Failure } | null> {
  const failures = new Map<number, Failure>();
  let next = 0;
  const serve = async (worker: CellWorker): Promise<void> => {
    while (failures.size === 0 && next < tasks.length) {
      const index = next;
      next += 1;
      const task = tasks[index]!;
      const answer = await worker.run(task);
      if ("outcome" in answer) onOutcome(task, answer.outcome);
      else failures.set(index, answer.failure);
    }
  };
  await Promise.all(workers.map(serve));
  if (failures.size === 0) return null;
  const first = Math.min(...failures.keys());
  return { task: tasks[first]!, failure: failures.get(first)! };
}
