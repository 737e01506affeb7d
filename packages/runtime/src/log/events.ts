/**
 * The entries in the log of a study. The first record names the head that the log belongs to. Every other record is one event of the study,
 * or one record of the runtime itself.
 */
import { join } from "node:path";
import { CaviarError, JournalError, type Json, type Problem } from "@caviar-hpo/core";
import { object, type Path, string } from "@caviar-hpo/core/read";
import { parseWire } from "@caviar-hpo/core/wire";
import { type Attributes, corrupt, decodeOwnRecord, entryReader, fileRoot, type LogEntry } from "@caviar-hpo/tune/stored";
import type { Disk } from "./disk.ts";
import type { Head } from "./head.ts";
import { type LogRecord, type Scanned, scanLog } from "./scan.ts";

export function logPath(folder: string): string {
  return join(folder, "log");
}

/** What the first record holds. */
export function headRecord({ checksum }: Head): Json {
  return { head: checksum };
}

const decodeHeadRecord = object({ head: string });

/**
 * Calls `onRecord` with every record, in order, and with the entry in it: null for the first record.
 *
 * @throws JournalError "corrupt" for damage; "otherLog" for a log of another head.
 */
export function readLog(disk: Disk, folder: string, head: Head, onRecord: (record: LogRecord, entry: LogEntry | null) => void): Scanned {
  const path = logPath(folder);
  const readEntry = entryReader(head.problem);
  let records = 0;
  const scanned = scanLog(disk, path, (record) => {
    const what = `${path}, record ${record.sequence}`;
    const entry = records === 0 ? null : decoded(record, what, readEntry);
    if (entry === null && decoded(record, what, decodeHeadRecord).head !== head.checksum) otherLog(path);
    records++;
    onRecord(record, entry);
  });
  if (records === 0) corrupt(path, "a log with its first record", "none", "Restore a copy of the log, or choose another folder.");
  return scanned;
}

/** What the log says of a study as a whole. */
export type StudyNow = {
  /** That of the head, with the space to which the study was extended the last time. */
  readonly problem: Problem;
  /** What `annotate` noted of the study. */
  readonly annotations: Attributes;
};

/** Reads only the records that are about the study as a whole, which are few. */
export function studyNow(disk: Disk, folder: string, { problem }: Head): StudyNow {
  const path = logPath(folder);
  let { space } = problem;
  let annotations: Attributes = {};
  scanLog(disk, path, (record) => {
    if (!/^\{"kind":"(?:extended"|annotated","trial":null)/.test(record.text)) return;
    const entry = decoded(record, `${path}, record ${record.sequence}`, decodeOwnRecord);
    if (entry.kind === "extended") ({ space } = entry);
    else if (entry.kind === "annotated") annotations = { ...annotations, ...entry.attributes };
  });
  return { problem: { ...problem, space }, annotations };
}

function otherLog(path: string): never {
  throw new JournalError({
    code: "otherLog",
    what: path,
    expected: "the log of the head.json next to it",
    got: "the log of another study",
    remedy: "Restore both files from one copy.",
  });
}

/** Reads a parsed value, which it may change. */
type Reader<T> = (parsed: Json, path: Path) => T;

function decoded<T>(record: LogRecord, what: string, read: Reader<T>): T {
  try {
    return read(parseWire(record.text), fileRoot(what));
  } catch (error) {
    if (error instanceof JournalError || !(error instanceof CaviarError)) throw error;
    return corrupt(`${what}, ${error.what}`, error.expected, error.got, "The log was changed after it was written. Use another copy.");
  }
}
