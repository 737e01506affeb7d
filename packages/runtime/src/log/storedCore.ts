/** The ask-and-tell study of a folder: what its head and its log tell, and a log that takes its new events. */
import {
  type Event,
  type Json,
  type OnNotice,
  type Problem,
  replay,
  StateError,
  type Study,
  type StudyDefinition,
  type TrialId,
} from "@caviar-hpo/core";
import { restore } from "@caviar-hpo/core/contract";
import { addGivenUp, type CheckpointFiles } from "./checkpointFiles.ts";
import type { Disk } from "./disk.ts";
import { headRecord, logPath, readLog } from "./events.ts";
import { checkSameStudy, type Head, headOf, readHead, writeHead } from "./head.ts";
import { corrupt } from "./journalFault.ts";
import { checkHeld, type Lock } from "./lock.ts";
import { openLogFile, type SyncPolicy } from "./logFile.ts";
import { snapshotIgnored, tornRecord } from "./notices.ts";
import { encodeRecord } from "./record.ts";
import { replaceFile } from "./replaceFile.ts";
import { scanLog } from "./scan.ts";
import { readSnapshots, type Snapshot, writeSnapshot } from "./snapshots.ts";

/** Where a study is stored, and how. `onStore` hears of an event before it is stored, and `onEvent` once it is. */
export type Site = {
  readonly disk: Disk;
  readonly folder: string;
  readonly lock: Lock;
  readonly checkpoints: CheckpointFiles;
  readonly sync: SyncPolicy;
  readonly snapshotEvery: number;
  readonly onNotice: OnNotice;
  readonly onEvent: (event: Event) => void;
  /** If it throws, the event is not stored, and the study takes no more events. */
  readonly onStore?: (event: Event) => void;
};

export type Stored = {
  readonly study: Study;
  close(): void;
};

/** @param options those that the strategy was given. */
export function storedCore(site: Site, definition: StudyDefinition, options: Json): Stored {
  const { disk, folder, lock } = site;
  // `createStudy` has read the problem.
  const given = headOf(definition as StudyDefinition & { readonly problem: Problem }, options);
  const head = readHead(disk, folder);
  if (head === null) makeStudy(disk, folder, given);
  else checkSameStudy(folder, head, given);
  const { events, found, snapshot, givenUp } = load(site, given);
  let open = true;
  let saved = snapshot?.events ?? 0;
  const save = (): void => {
    saved = log.records - 1;
    // A snapshot ahead of its log would be of no use.
    if (site.sync !== "event") log.sync();
    writeSnapshot(disk, folder, { events: saved, state: study.state }, log.checksum, site.onNotice);
  };
  const onEvent = (event: Event): void => {
    if (!open) throw closedStudy(folder);
    site.onStore?.(event);
    log.append(event);
    checkHeld(lock, folder);
    site.onEvent(event);
    if (log.records - 1 - saved >= Math.max(site.snapshotEvery, saved / 8)) save();
  };
  const study = snapshot === null ? replay(definition, events, onEvent) : restore(definition, events, snapshot, onEvent);
  site.checkpoints.sweep(givenUp, study.history);
  const log = openLogFile(disk, logPath(folder), found, site.sync);
  const close = (): void => {
    if (!open) return;
    open = false;
    try {
      if (site.snapshotEvery < Infinity && !study.closed && lock.held() && log.records - 1 > saved) save();
    } finally {
      try {
        log.close();
      } finally {
        lock.release();
      }
    }
  };
  return { study, close };
}

/** Begins a study: the log with its first record, then the head. */
function makeStudy(disk: Disk, folder: string, head: Head): void {
  const path = logPath(folder);
  let records = 0;
  scanLog(disk, path, () => records++);
  if (records > 1) corrupt(folder, "a head.json next to the log", "a log alone", "Restore a copy of head.json.");
  replaceFile(disk, path, encodeRecord(0, headRecord(head)));
  writeHead(disk, folder, head);
}

type Loaded = {
  readonly events: readonly Event[];
  readonly found: { readonly records: number; readonly checksum: number };
  /** The latest that fits the log. */
  readonly snapshot: Snapshot | null;
  readonly givenUp: ReadonlySet<TrialId>;
};

/** What the log tells. A torn record at its end is cut off. */
function load({ disk, folder, onNotice }: Site, head: Head): Loaded {
  const path = logPath(folder);
  const events: Event[] = [];
  const givenUp = new Set<TrialId>();
  const fitting = new Set<Snapshot>();
  const snapshots = readSnapshots(disk, folder, onNotice);
  let checksum = 0;
  const { end, torn } = readLog(disk, folder, head, (record, event) => {
    checksum = record.checksum;
    if (event === null) return;
    events.push(event);
    addGivenUp(givenUp, event);
    for (const one of snapshots) if (one.events === events.length && one.log === checksum) fitting.add(one);
  });
  if (torn > 0) {
    disk.truncate(path, end);
    onNotice(tornRecord(path, end, torn));
  }
  for (const one of snapshots) if (!fitting.has(one)) onNotice(snapshotIgnored(one.path));
  const [snapshot = null] = snapshots.filter((one) => fitting.has(one));
  return { events, found: { records: events.length + 1, checksum }, snapshot, givenUp };
}

/**
 * Keeps the earlier owner of the lock from writing: the log becomes another file, and what the earlier owner has open is no longer in the
 * folder.
 */
export function takenOver(disk: Disk, folder: string): void {
  const path = logPath(folder);
  const size = disk.size(path);
  if (size !== null) replaceFile(disk, path, disk.read(path, 0, size));
}

function closedStudy(folder: string): StateError {
  return new StateError({
    code: "closedStudy",
    what: `study ${folder}`,
    expected: "an open study",
    got: "one that was closed",
    remedy: "Open it again.",
  });
}
