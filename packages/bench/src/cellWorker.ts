/**
 * Who runs cells: this thread between two turns of its event loop, or a thread of its own. Threads end with their process, however that
 * ends, so that nothing is left running after a Ctrl-C or a kill.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ExternalError } from "@caviar-hpo/core";
import type { Tasks } from "./arenas.ts";
import { type Failure, failureOf } from "./failure.ts";
import { cellRunner, type Outcome, type Site, type Task } from "./runCell.ts";

export type Answer = { readonly outcome: Outcome } | { readonly failure: Failure };

export type CellWorker = {
  /** One task at a time. */
  run(task: Task): Promise<Answer>;
  /** Ends the worker, in the midst of its task if need be. */
  close(): Promise<void>;
};

const threadFile = new URL("./cellThread.js", import.meta.url);

/** Node 20 runs no TypeScript: there are threads only where the package is compiled. */
export const hasThreads: boolean = existsSync(threadFile);

/** One worker a core, up to eight: more would need much memory and help little. */
export const usualWorkers: number = hasThreads ? Math.min(8, availableParallelism()) : 1;

/** What a worker answers to a task; in threads and out of them the same. */
export function answerer(site: Site, tasks: Tasks): (task: Task) => Answer {
  const runCell = cellRunner(site, tasks);
  return (task) => {
    try {
      return { outcome: runCell(task) };
    } catch (thrown) {
      return { failure: failureOf(thrown) };
    }
  };
}

/** Works in this thread, and lets the event loop turn before each task, so that a terminal is served. */
export function ownThread(site: Site, tasks: Tasks): CellWorker {
  const answer = answerer(site, tasks);
  return {
    run: async (task) => {
      await new Promise((resolve) => setImmediate(resolve));
      return answer(task);
    },
    close: async () => {},
  };
}

/** Works in a new thread. */
export function newThread(site: Site): CellWorker {
  const thread = new Worker(threadFile, { workerData: site });
  let lost: Answer | null = null;
  let answer: (answer: Answer) => void = () => {};
  // What a cell throws comes as a message; these tell of the thread itself, of its memory for one.
  const lose = (got: string): void => {
    lost ??= { failure: failureOf(workerLost(got)) };
    answer(lost);
  };
  thread.on("message", (message: Answer) => answer(message));
  thread.on("error", (error) => lose(error.message));
  thread.on("exit", (code) => lose(`its end, with code ${code}`));
  return {
    run: (task) =>
      new Promise((resolve) => {
        answer = resolve;
        if (lost === null) thread.postMessage(task);
        else resolve(lost);
      }),
    close: async () => {
      await thread.terminate();
    },
  };
}

function workerLost(got: string): ExternalError {
  return new ExternalError({
    code: "workerLost",
    what: "the worker",
    expected: "an answer",
    got,
    remedy: "Run the campaign again, with fewer workers if memory was short: it goes on where it stopped.",
  });
}
