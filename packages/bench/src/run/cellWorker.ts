/**
 * Workers that run cells: the caller's own thread between two turns of its event loop, or a new thread. Threads end with their process,
 * however that ends, so that nothing is left running after a Ctrl-C or a kill.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ExternalError } from "@caviar-hpo/core";
import type { CampaignCell } from "../plan/cells.ts";
import type { CellOutcome } from "./cellOutcome.ts";
import { type CellFailure, failureOf } from "./failure.ts";
import { type CampaignSite, type CellSeams, cellRunner } from "./runCell.ts";

export type CellAnswer = { readonly outcome: CellOutcome } | { readonly failure: CellFailure };

export type CellWorker = {
  /** One cell at a time. */
  run(cell: CampaignCell): Promise<CellAnswer>;
  /** Ends the worker, even in the middle of a cell. */
  close(): Promise<void>;
};

const threadFile = new URL("./cellThread.js", import.meta.url);

/** Threads need the compiled file: Node 20 runs no TypeScript, and a bundle in one file has no other files. */
export const hasThreads: boolean = existsSync(threadFile);

/** One worker per core, up to eight: more would need much memory and help little. */
export const usualWorkers: number = hasThreads ? Math.min(8, availableParallelism()) : 1;

/** What a worker answers, the same in a new thread as in the caller's. */
export function answerer(site: CampaignSite, seams: CellSeams): (cell: CampaignCell) => CellAnswer {
  const runCell = cellRunner(site, seams);
  return (cell) => {
    try {
      return { outcome: runCell(cell) };
    } catch (thrown) {
      return { failure: failureOf(thrown) };
    }
  };
}

/** Works in this thread, and lets the event loop turn before each cell, so that a terminal is served. */
export function ownThread(site: CampaignSite, seams: CellSeams): CellWorker {
  const answer = answerer(site, seams);
  return {
    run: async (cell) => {
      await new Promise((resolve) => setImmediate(resolve));
      return answer(cell);
    },
    close: async () => {},
  };
}

/** Works in a new thread. */
export function newThread(site: CampaignSite): CellWorker {
  const thread = new Worker(threadFile, { workerData: site });
  let lost: CellAnswer | null = null;
  let answer: (answer: CellAnswer) => void = () => {};
  // What a cell throws comes as a message. The other two events tell of the thread itself, for instance that its memory was not enough.
  const lose = (got: string): void => {
    lost ??= { failure: failureOf(workerLost(got)) };
    answer(lost);
  };
  thread.on("message", (message: CellAnswer) => answer(message));
  thread.on("error", (error) => lose(error.message));
  thread.on("exit", (code) => lose(`its end, with code ${code}`));
  return {
    run: (cell) =>
      new Promise((resolve) => {
        answer = resolve;
        if (lost === null) thread.postMessage(cell);
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
    remedy: "Run the campaign again. It continues where it stopped. If memory was short, use fewer workers.",
  });
}
