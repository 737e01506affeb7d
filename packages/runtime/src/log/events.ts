/**
 * The entries in the log of a study. The first record names the head that the log belongs to. Every other record is one event of the study,
 * or one record of the runtime itself.
 */
import { join } from "node:path";
import { CaviarError, type Event, JournalError, type Json } from "@caviar-hpo/core";
import { type Decoder, object, string } from "@caviar-hpo/core/read";
import { eventDecoder, parseWire } from "@caviar-hpo/core/wire";
import type { Disk } from "./disk.ts";
import type { Head } from "./head.ts";
import { corrupt, fileRoot } from "./journalFault.ts";
import { decodeOwnRecord, isOwn, type OwnRecord } from "./ownRecords.ts";
import { type LogRecord, type Scanned, scanLog } from "./scan.ts";

/** What a record of a log holds. */
export type Entry = Event | OwnRecord;

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
export function readLog(disk: Disk, folder: string, head: Head, onRecord: (record: LogRecord, entry: Entry | null) => void): Scanned {
  const path = logPath(folder);
  const decodeEvent = eventDecoder(head.problem);
  const decode: Decoder<Entry> = (value, at) => (isOwn(value as Entry) ? decodeOwnRecord(value, at) : decodeEvent(value, at));
  let records = 0;
  const scanned = scanLog(disk, path, (record) => {
    const what = `${path}, record ${record.sequence}`;
    const entry = records === 0 ? null : decoded(record, what, decode);
    if (entry === null && decoded(record, what, decodeHeadRecord).head !== head.checksum) otherLog(path);
    records++;
    onRecord(record, entry);
  });
  if (records === 0) corrupt(path, "a log with its first record", "none", "Restore a copy of the log, or choose another folder.");
  return scanned;
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

function decoded<T>(record: LogRecord, what: string, decode: Decoder<T>): T {
  try {
    return decode(parseWire(record.text.toString()), fileRoot(what));
  } catch (error) {
    if (error instanceof JournalError || !(error instanceof CaviarError)) throw error;
    return corrupt(`${what}, ${error.what}`, error.expected, error.got, "The log was changed after it was written. Use another copy.");
  }
}
