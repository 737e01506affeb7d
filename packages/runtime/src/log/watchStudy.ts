/** Following a stored study while other processes work on it. */
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Signal } from "@caviar-hpo/core";
import { between, boolean, optionReader, withMethods } from "@caviar-hpo/core/read";
import { checkedDisk } from "./checkedDisk.ts";
import { logPath } from "./events.ts";
import { isLocked } from "./lock.ts";
import { thisMachine } from "./machine.ts";
import { nodeDisk } from "./nodeDisk.ts";
import type { Seams } from "./openStudy.ts";
import { readStudyOn, type StoredStudy } from "./readStudy.ts";

export type WatchOptions = {
  /** Ends the watching; none by default. */
  readonly signal?: Signal;
  /** How many seconds lie between two looks at the log. More for a log that takes long to read. Above 0; 0.25 by default. */
  readonly everySeconds?: number;
  /** If no process has the study open and `optimize` has ended, how long to wait until a process opens it again. 0 by default. */
  readonly waitSeconds?: number;
  /** Whether to wait for more changes after `optimize` has ended, until the signal is aborted; false by default. */
  readonly untilAborted?: boolean;
};

/** A study at one moment, and whether a process has it open. */
export type WatchedStudy = StoredStudy & { readonly open: boolean };

/**
 * The study in a folder, now and after each change. Ends when `optimize` has ended and no process has the study open any more, or when the
 * signal is aborted. If that is so from the start, `waitSeconds` lets it wait for the next call.
 *
 * ```ts
 * for await (const { trials, open } of watchStudy("runs/digits")) console.log(trials.length, open);
 * ```
 *
 * @throws what `readStudy` throws.
 */
export function watchStudy(folder: string, options: WatchOptions = {}): AsyncGenerator<WatchedStudy, void> {
  return watchStudyOn({ disk: nodeDisk, machine: thisMachine() }, folder, options);
}

/** As `watchStudy`, on another disk or machine. */
export async function* watchStudyOn(
  { disk: given, machine }: Seams,
  path: string,
  options: WatchOptions = {},
): AsyncGenerator<WatchedStudy, void> {
  const { signal, everySeconds = 0.25, waitSeconds = 0, untilAborted = false } = readWatchOptions(options);
  const folder = resolve(path);
  const disk = checkedDisk(given);
  const deadlineMs = performance.now() + 1000 * waitSeconds;
  let seen = "";
  let over = false;
  /** Whether a process has worked on the study since the first look. */
  let worked = false;
  while (signal?.aborted !== true) {
    const open = isLocked(disk, folder, machine);
    const now = `${disk.size(logPath(folder))} ${open}`;
    const startedMs = performance.now();
    worked ||= open || (seen !== "" && now !== seen);
    if (now !== seen) {
      seen = now;
      const study = readStudyOn(given, folder);
      yield { ...study, open };
      over = study.ended !== null && !open;
    }
    if (over && !untilAborted && (worked || performance.now() >= deadlineMs)) return;
    const tookMs = performance.now() - startedMs;
    await pause(Math.max(1000 * everySeconds, 3 * tookMs), signal);
  }
}

const readWatchOptions = optionReader<WatchOptions>("watchStudy", {
  signal: withMethods("addEventListener", "removeEventListener"),
  everySeconds: between(0.001, 1e6),
  waitSeconds: between(0, 1e9),
  untilAborted: boolean,
});

/** Returns after some time, or when the signal is aborted. */
async function pause(ms: number, signal: Signal | undefined): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal?.addEventListener("abort", abort);
  try {
    await delay(ms, undefined, { signal: stop.signal });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
