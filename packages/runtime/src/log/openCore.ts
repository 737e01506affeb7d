/** The ask-and-tell study in a folder, for servers. `openStudy` is for programs that call `optimize`. */
import type { Event, Json, OnNotice, StudyDefinition } from "@caviar-hpo/core";
import { checkedDisk } from "./checkedDisk.ts";
import { checkpointFiles } from "./checkpointFiles.ts";
import { studyNow } from "./events.ts";
import { type Head, readHead } from "./head.ts";
import { locked, tryLock } from "./lock.ts";
import type { Seams } from "./openStudy.ts";
import { type Stored, storedCore, takenOver } from "./storedCore.ts";

/** What a study is made of, and the options that its strategy was given. */
export type CoreDefinition = { readonly definition: StudyDefinition; readonly options: Json };

export type CoreListeners = {
  /** Called with an event before it is stored. If it throws, the event is not stored, and the study takes no more events. */
  readonly onStore: (event: Event) => void;
  readonly onNotice: OnNotice;
};

/** As in `openStudy`. */
export type CoreOptions = CoreListeners & { readonly takeOver: boolean; readonly extend: boolean };

/**
 * Opens the study in a folder. Makes the folder and the study if there is none.
 *
 * @param define given the head of the folder with the problem of the study now; null if there is no study. Called with the lock held.
 * @throws as `openStudy`. It does not wait for the lock.
 */
export function openCore(seams: Seams, folder: string, define: (head: Head | null) => CoreDefinition, options: CoreOptions): Stored {
  const { onStore, onNotice, takeOver, extend } = options;
  const disk = checkedDisk(seams.disk);
  disk.makeFolder(folder);
  const lock = tryLock(disk, folder, seams.machine, takeOver);
  if (!("held" in lock)) throw locked(folder, seams.machine, lock);
  try {
    const head = readHead(disk, folder);
    if (takeOver) takenOver(disk, folder);
    const { definition, options: chosen } = define(head && { ...head, problem: studyNow(disk, folder, head).problem });
    const checkpoints = checkpointFiles(disk, folder, lock, onNotice);
    const place = { disk, folder, lock, checkpoints, nowMs: seams.machine.nowMs };
    return storedCore({ ...place, sync: "event", snapshotEvery: 100, extend, onNotice, onEvent: () => {}, onStore }, definition, chosen);
  } catch (error) {
    lock.release();
    throw error;
  }
}
