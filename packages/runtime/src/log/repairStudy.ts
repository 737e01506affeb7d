/** Repair: a damaged log becomes one that ends before the damage. The damaged log is kept under another name. */
import { resolve } from "node:path";
import { JournalError } from "@caviar-hpo/core";
import { isOwn } from "@caviar-hpo/tune/stored";
import { checkedDisk } from "./checkedDisk.ts";
import type { Disk } from "./disk.ts";
import { headRecord, logPath, readLog } from "./events.ts";
import { type Head, readHead } from "./head.ts";
import { locked, tryLock } from "./lock.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { nodeDisk } from "./nodeDisk.ts";
import { noStudy } from "./readStudy.ts";
import { encodeRecord } from "./record.ts";
import { replaceFile } from "./replaceFile.ts";

/** What a repair did. */
export type RepairReport = {
  /** Events in the repaired log. */
  readonly events: number;
  /** How many bytes of the damaged log, from the damage on, are not in the repaired log. 0 if the log was good. */
  readonly lostBytes: number;
  /** What was wrong; null if the log was good. */
  readonly damage: string | null;
  /** Where the damaged log is now; null if the log was good. */
  readonly oldLog: string | null;
};

/**
 * Repairs the log of a study. The study continues after the last event before the damage. A good log is left as it is.
 *
 * @throws StateError "locked" if a process has the study open; JournalError "noStudy", "laterFormat" and "diskFailed", and "corrupt" for a
 * damaged head or a missing log, which cannot be repaired.
 */
export function repairStudy(folder: string): RepairReport {
  return repairStudyOn({ disk: nodeDisk, machine: thisMachine() }, folder);
}

/** As `repairStudy`, on another disk or machine. */
export function repairStudyOn(seams: { readonly disk: Disk; readonly machine: Machine }, path: string): RepairReport {
  const folder = resolve(path);
  const disk = checkedDisk(seams.disk);
  const head = readHead(disk, folder) ?? noStudy(folder);
  const lock = tryLock(disk, folder, seams.machine, false);
  if (!("held" in lock)) throw locked(folder, seams.machine, lock);
  try {
    return repair(disk, folder, head);
  } finally {
    lock.release();
  }
}

function repair(disk: Disk, folder: string, head: Head): RepairReport {
  const path = logPath(folder);
  const { events, end, damage } = findDamage(disk, folder, head);
  if (damage === null) return { events, lostBytes: 0, damage, oldLog: null };
  const log = disk.read(path, 0, disk.size(path) ?? 0);
  const oldLog = freeName(disk, `${path}.damaged`);
  replaceFile(disk, oldLog, log);
  replaceFile(disk, path, end === 0 ? encodeRecord(0, headRecord(head)) : log.subarray(0, end));
  return { events, lostBytes: log.length - end, damage, oldLog };
}

/** `events` and `end`: how many events are good, and where they end. */
function findDamage(disk: Disk, folder: string, head: Head) {
  let events = 0;
  let end = 0;
  let damage: string | null = null;
  try {
    const { torn } = readLog(disk, folder, head, (record, entry) => {
      if (entry !== null && !isOwn(entry)) events++;
      ({ end } = record);
    });
    if (torn > 0) damage = `a torn record of ${torn} bytes`;
  } catch (error) {
    const missing = disk.size(logPath(folder)) === null;
    if (missing || !(error instanceof JournalError && error.code === "corrupt")) throw error;
    damage = `${error.what}: expected ${error.expected}, got ${error.got}`;
  }
  return { events, end, damage };
}

function freeName(disk: Disk, name: string): string {
  let number = 1;
  while (disk.size(`${name}-${number}`) !== null) number++;
  return `${name}-${number}`;
}
