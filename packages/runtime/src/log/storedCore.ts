/** The ask-and-tell study of a folder: what its head and its log tell, and a log that takes its new events. */
import {
  type Event,
  type JobId,
  type Json,
  type OnNotice,
  type Problem,
  StateError,
  type Study,
  type StudyDefinition,
  type TrialId,
} from "@caviar-hpo/core";
import type { SavedState } from "@caviar-hpo/core/contract";
import {
  corrupt,
  createTrialBook,
  type Era,
  encodeEntry,
  firstEra,
  isOwn,
  isToBeExtended,
  jobNow,
  type LogEntry,
  nextEra,
  notesOf,
  type StudyNotes,
  studyOf,
  type TrialBook,
  withEntry,
} from "@caviar-hpo/tune/stored";
import { addGivenUp, type CheckpointFiles } from "./checkpointFiles.ts";
import type { Disk } from "./disk.ts";
import { headRecord, logPath, readLog } from "./events.ts";
import { checkSameStudy, type Head, headOf, placeOf, readHead, writeHead } from "./head.ts";
import { checkHeld, type Lock } from "./lock.ts";
import { openLogFile, type SyncPolicy } from "./logFile.ts";
import { snapshotIgnored, tornRecord } from "./notices.ts";
import { encodeRecord } from "./record.ts";
import { replaceFile } from "./replaceFile.ts";
import { type Scanned, scanLog } from "./scan.ts";
import { readSnapshots, type Snapshot, writeSnapshot } from "./snapshots.ts";

/**
 * Where a study is stored, and how. `extend` says whether its space may grow to that of the definition. `onStore` hears of an event before
 * it is stored, and `onEvent` once it is. `nowMs` gives the times in the log.
 */
export type Site = {
  readonly disk: Disk;
  readonly folder: string;
  readonly lock: Lock;
  readonly checkpoints: CheckpointFiles;
  readonly sync: SyncPolicy;
  readonly snapshotEvery: number;
  readonly extend: boolean;
  readonly nowMs: () => number;
  readonly onNotice: OnNotice;
  readonly onEvent: (event: Event) => void;
  /** If it throws, the event is not stored, and the study takes no more events. */
  readonly onStore?: (event: Event) => void;
};

/** A study and its log, to which the runtime adds records of its own. */
export type Stored = StudyNotes & {
  readonly study: Study;
  /** The job itself, or the one under which its trial continues: that of a trial that ran elsewhere when the study was extended. */
  jobNow(job: JobId): JobId;
  close(): void;
};

/** @param options those that the strategy was given. */
export function storedCore(site: Site, definition: StudyDefinition, options: Json): Stored {
  const { disk, folder, lock, nowMs } = site;
  const { era, extended, book, found, snapshot, givenUp } = openLog(site, definition, options);
  let open = true;
  let saved = snapshot?.records ?? 0;
  const save = (): void => {
    saved = log.records - 1;
    // A snapshot ahead of its log would be of no use.
    log.sync();
    writeSnapshot(disk, folder, { records: saved, log: log.checksum, state: study.state }, site.onNotice);
  };
  const append = (entry: LogEntry, lasting?: boolean): void => {
    if (!open) throw closedStudy(folder);
    log.append(encodeEntry(entry), lasting);
    checkHeld(lock, folder);
    book.enter(entry);
  };
  const onEvent = (event: Event): void => {
    const stamped = { ...event, atMs: nowMs() };
    site.onStore?.(stamped);
    append(stamped);
    site.onEvent(stamped);
    if (log.records - 1 - saved >= Math.max(site.snapshotEvery, saved / 8)) save();
  };
  const study = studyOf(era, definition, snapshot, onEvent);
  site.checkpoints.sweep(givenUp, study.history);
  const log = openLogFile(disk, logPath(folder), found, site.sync);
  try {
    if (extended) append({ kind: "extended", space: era.problem.space, firstJob: era.firstJob, atMs: nowMs() });
  } catch (error) {
    log.close();
    throw error;
  }
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
  return {
    study,
    ...notesOf(study, era, { book, append, nowMs }),
    jobNow: (job) => jobNow(era, job),
    close,
  };
}

/** What is in the folder, after its torn record was cut off; of a study that is to be extended, as it is then. */
function openLog(site: Site, definition: StudyDefinition, options: Json): LoadedLog & { readonly extended: boolean } {
  const { disk, folder, extend } = site;
  // `createStudy` has read the problem.
  const given = headOf(definition as StudyDefinition & { readonly problem: Problem }, options);
  const head = readHead(disk, folder);
  if (head === null) makeStudy(disk, folder, given);
  else checkSameStudy(folder, head, given);
  const loaded = load(site, head ?? given);
  const { strategy } = definition;
  const extended = isToBeExtended(placeOf(folder), loaded.era.problem, given, { strategy, extend });
  cutTorn(site, loaded.scanned);
  if (!extended) return { ...loaded, extended };
  return { ...loaded, era: nextEra(loaded.era, given.problem.space, given.seed), snapshot: null, extended };
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

type LoadedLog = {
  readonly era: Era;
  readonly book: TrialBook;
  readonly found: { readonly records: number; readonly checksum: number };
  readonly scanned: Scanned;
  /** The latest of the era that fits the log, and the number of events of the era up to it. */
  readonly snapshot: (Snapshot & SavedState) | null;
  readonly givenUp: ReadonlySet<TrialId>;
};

/** What the log tells. */
function load({ disk, folder, onNotice }: Site, head: Head): LoadedLog {
  const book = createTrialBook();
  const givenUp = new Set<TrialId>();
  const snapshots = readSnapshots(disk, folder, onNotice);
  const fitting = new Set<Snapshot>();
  const found = { records: 0, checksum: 0 };
  let era = firstEra(head);
  let snapshot: LoadedLog["snapshot"] = null;
  const scanned = readLog(disk, folder, head, ({ checksum }, entry) => {
    found.checksum = checksum;
    found.records++;
    if (entry === null) return;
    book.enter(entry);
    era = withEntry(era, entry, head.seed);
    if (entry.kind === "extended") snapshot = null;
    if (!isOwn(entry)) addGivenUp(givenUp, entry);
    for (const one of snapshots)
      if (one.records === found.records - 1 && one.log === checksum) {
        fitting.add(one);
        snapshot = { ...one, events: era.events.length };
      }
  });
  for (const one of snapshots) if (!fitting.has(one)) onNotice(snapshotIgnored(one.path));
  return { era, book, found, scanned, snapshot, givenUp };
}

function cutTorn({ disk, folder, onNotice }: Site, { end, torn }: Scanned): void {
  if (torn === 0) return;
  const path = logPath(folder);
  disk.truncate(path, end);
  onNotice(tornRecord(path, end, torn));
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
