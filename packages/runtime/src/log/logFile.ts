/**
 * The end of a log: records are appended, and synced as the policy says. After one failed write or sync the file takes no more records:
 * what reached the disk is unknown then, and a second sync may succeed without having written anything (Rebello et al. 2020, "Can
 * applications recover from fsync failures?"). Opening the log again finds out.
 */
import { crc32 } from "node:zlib";
import { JournalError, type Json, StateError } from "@caviar-hpo/core";
import { appendAll, type Disk } from "./disk.ts";
import { encodeRecord } from "./record.ts";

/**
 * When the disk is told to keep what was written. "event": before the call that made an event returns, so that the event survives a power
 * loss. "group": once for all events of a turn of the event loop, at its end. A power loss may take the events of that turn. "close": when
 * the study is closed. Events then survive the end of the process, however it ends, but a power loss may take the last of them.
 */
export type SyncPolicy = "event" | "group" | "close";

export type LogFile = {
  /**
   * Appends the next record. @param lasting false for a record that may wait for the next sync: a power loss may take it.
   *
   * @throws JournalError "diskFailed"; StateError "brokenLog" after that. LimitError or ProtocolError for a value that is no JSON of a
   * reasonable size, which leaves the log as it is.
   */
  append(value: Json, lasting?: boolean): void;
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
  let synced = true;
  let turnEnd: NodeJS.Immediate | null = null;
  const attempt = (act: () => void): void => {
    if (broken) throw brokenLog(path);
    broken = true;
    act();
    broken = false;
  };
  const sync = (): void => {
    if (!synced) file.sync();
    synced = true;
  };
  const syncTurn = (): void => {
    turnEnd = null;
    try {
      if (!broken) attempt(sync);
    } catch (error) {
      // The next append is refused.
      if (!(error instanceof JournalError)) throw error;
    }
  };
  return {
    get records() {
      return records;
    },
    get checksum() {
      return checksum;
    },
    append: (value, lasting = true) => {
      const line = encodeRecord(records, value);
      attempt(() => {
        appendAll(file, line);
        synced = false;
        if (policy === "event" && lasting) sync();
        if (policy === "group") turnEnd ??= setImmediate(syncTurn);
        records++;
        checksum = crc32(line, checksum);
      });
    },
    sync: () => attempt(sync),
    close: () => {
      if (turnEnd !== null) clearImmediate(turnEnd);
      try {
        if (!broken) attempt(sync);
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
