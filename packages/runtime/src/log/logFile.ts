/**
 * The end of a log: records are appended, and synced as the policy says. After one failed write or sync the file takes no more records:
 * what reached the disk is unknown then, and a second sync may succeed without having written anything (Rebello et al. 2020, "Can
 * applications recover from fsync failures?"). Opening the log again finds out.
 */
import { crc32 } from "node:zlib";
import { type Json, StateError } from "@caviar-hpo/core";
import { appendAll, type Disk } from "./disk.ts";
import { encodeRecord } from "./record.ts";

/**
 * When the disk is told to keep what was written. "event": before the call that made an event returns, so that the event survives a power
 * loss. "close": when the study is closed. Events then survive the end of the process, however it ends, but a power loss may take the last
 * of them.
 */
export type SyncPolicy = "event" | "close";

export type LogFile = {
  /** Appends the next record. @throws JournalError "diskFailed"; StateError "brokenLog" after that. */
  append(value: Json): void;
  /** Returns when the log survives a power loss, whatever the policy. Throws as `append` does. */
  sync(): void;
  /** Records in the log. */
  readonly records: number;
  /** CRC-32 of the log. */
  readonly checksum: number;
  close(): void;
};

/** @param found what the log holds; all of it was read and found good. */
export function openLogFile(
  disk: Disk,
  path: string,
  found: { readonly records: number; readonly checksum: number },
  policy: SyncPolicy,
): LogFile {
  const file = disk.open(path);
  let { records, checksum } = found;
  let broken = false;
  const attempt = (act: () => void): void => {
    if (broken) throw brokenLog(path);
    broken = true;
    act();
    broken = false;
  };
  return {
    get records() {
      return records;
    },
    get checksum() {
      return checksum;
    },
    append: (value) =>
      attempt(() => {
        const line = encodeRecord(records, value);
        appendAll(file, line);
        if (policy === "event") file.sync();
        records++;
        checksum = crc32(line, checksum);
      }),
    sync: () => attempt(() => file.sync()),
    close: () => {
      try {
        if (!broken) attempt(() => file.sync());
      } finally {
        file.close();
      }
    },
  };
}

function brokenLog(path: string): StateError {
  return new StateError({
    code: "brokenLog",
    what: path,
    expected: "a log whose last record was written",
    got: "one whose last record failed",
    remedy: "Close the study and open it again: it continues after its last whole record.",
  });
}
