/**
 * Reading a log: whole records in their order, and what is wrong at the end. A last line that is no whole record is a write that a crash
 * has torn. Anything else that is wrong is damage, and stops the reader: a record that is not whole but has others after it, a gap in the
 * sequence, or a sequence number that comes twice with different content.
 */
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { JournalError } from "@caviar-hpo/core";
import type { Disk } from "./disk.ts";
import { decodeRecord, lineEnd, recordBytes } from "./record.ts";

export type LogRecord = {
  readonly sequence: number;
  /** Where the record begins, and where it ends, in bytes from the start of the log. */
  readonly offset: number;
  readonly end: number;
  readonly text: string;
  /** CRC-32 of the log up to the end of this record. It tells whether a snapshot is of this log. */
  readonly checksum: number;
};

/** The good records come first. `end` is where they end. */
export type Scanned = {
  readonly end: number;
  /** The number of bytes after the last good record, which are the start of a record; 0 if there are none. */
  readonly torn: number;
};

/**
 * Calls `onRecord` with every good record, in order. A record that was written twice is given once.
 *
 * @throws JournalError "corrupt" with the offset of the damage, after the good records before it were given.
 */
export function scanLog(disk: Disk, path: string, onRecord: (record: LogRecord) => void): Scanned {
  const size = disk.size(path) ?? 0;
  const lines = lineReader(disk, path, size);
  const offsets: number[] = [];
  let checksum = 0;
  let offset = 0;
  while (offset < size) {
    const line = lines(offset);
    const record = line === null ? null : decodeRecord(line);
    if (line === null || record === null) return { end: offset, torn: tornBytes(disk, path, offset, size) };
    const { sequence, text } = record;
    const end = offset + line.length;
    checksum = crc32(line, checksum);
    if (sequence > offsets.length) damaged(path, offset, `record ${offsets.length}`, `record ${sequence}`);
    if (sequence < offsets.length) checkRepeated(disk, path, offset, offsets[sequence]!, line);
    else {
      offsets.push(offset);
      onRecord({ sequence, offset, end, text, checksum });
    }
    offset = end;
  }
  return { end: offset, torn: 0 };
}

const windowBytes = 1 << 20;

/** A reader of the line that begins at an offset, its end included; null if the file ends before the line does, or the line is too long. */
function lineReader(disk: Disk, path: string, size: number): (offset: number) => Buffer | null {
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  return (offset) => {
    for (let wanted = windowBytes; ; wanted *= 2) {
      const at = window.indexOf(lineEnd, offset - start);
      if (at >= 0) return window.subarray(offset - start, at + 1);
      if (start + window.length >= size || wanted > 2 * recordBytes) return null;
      window = bytesOf(disk, path, offset, Math.min(wanted, size - offset));
      start = offset;
    }
  };
}

function bytesOf(disk: Disk, path: string, offset: number, length: number): Buffer {
  const bytes = disk.read(path, offset, length);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function checkRepeated(disk: Disk, path: string, offset: number, earlier: number, line: Buffer): void {
  if (bytesOf(disk, path, earlier, line.length).equals(line)) return;
  damaged(path, offset, "a record that was written twice to be the same both times", "another one");
}

/** The length of the torn record at `offset`. @throws JournalError where it is not torn but damaged. */
function tornBytes(disk: Disk, path: string, offset: number, size: number): number {
  const length = size - offset;
  if (length > recordBytes) damaged(path, offset, `a record of at most ${recordBytes} bytes`, `${length} bytes without one`);
  const tail = bytesOf(disk, path, offset, length);
  const known = strangerIn(tail, offset);
  if (known !== null) damaged(path, offset, "the lines of a log", known, "Restore the file as it was written.");
  if (!isOneRecord(tail)) damaged(path, offset, "a whole record", "a damaged one with others after it");
  return length;
}

/**
 * Whether a tail can be what is left of one record. Then it has no line end except as its last byte, it is no longer than its first fields
 * say, and it does not end in another record.
 */
function isOneRecord(tail: Buffer): boolean {
  const inner = tail.indexOf(lineEnd);
  if (inner >= 0 && inner < tail.length - 1) return false;
  const [fields, length] = /^[0-9a-f]{8} (\d+) \d+ /.exec(tail.toString("latin1", 0, fieldBytes)) ?? [];
  if (fields !== undefined && tail.length > fields.length + Number(length) + 1) return false;
  return !endsInRecord(tail);
}

/** The checksum and two numbers below 2^53, with a space after each. */
const fieldBytes = 8 + 2 * 16 + 3;

/** What other programs do to text files. */
function strangerIn(tail: Buffer, offset: number): string | null {
  if (offset === 0 && tail.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return "a byte order mark before them";
  return tail.subarray(-2).equals(Buffer.from("\r\n")) ? "line ends of Windows" : null;
}

/** Whether a line ends in a good record, because the line end before that record was damaged. */
function endsInRecord(tail: Buffer): boolean {
  if (tail.at(-1) !== lineEnd) return false;
  for (let at = 1; at < tail.length; at++) if (decodeRecord(tail.subarray(at)) !== null) return true;
  return false;
}

function damaged(path: string, offset: number, expected: string, got: string, remedy = "Restore a copy, or call repair."): never {
  throw new JournalError({ code: "corrupt", what: `${path}, byte ${offset}`, expected, got, remedy });
}
