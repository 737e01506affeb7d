/**
 * The writer of a record. What an interrupted run left is kept but for a torn last line; new lines follow. Lines are collected in memory
 * and appended at least every half second, so a run that is over sooner costs one write and one sync. After a failed write or sync the
 * recorder takes no more lines, because what reached the disk is unknown then. Reading the record again finds out.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { StateError } from "@caviar-hpo/core";
import type { RunCosts, RunFailure } from "@caviar-hpo/report";
import { appendAll, type Disk, type DiskFile } from "@caviar-hpo/runtime/disk";
import type { RecordLine } from "../run/transcript.ts";
import { canonicalWire } from "./canonical.ts";
import { chainStart, linked, withHash } from "./chain.ts";
import { endBody, headBody, type RunEnd, type RunHead, readRecord } from "./record.ts";

export type Recorder = {
  /** The lines of an earlier, interrupted run. */
  readonly recorded: readonly RecordLine[];
  /** Adds a line after the recorded ones. */
  add(line: RecordLine): void;
  /** Appends what is collected in memory. */
  flush(): void;
  /** Adds the end line. Returns the end when the whole record survives a power loss. */
  end(end: { readonly spent: RunCosts; readonly failed: RunFailure | null }): RunEnd;
  /** Must be called in the end, whether or not the run has ended. */
  close(): void;
};

const flushEveryMs = 500;

export type RecorderSeams = {
  /** Called before each write; throws where the campaign's lock is lost. */
  readonly checkHeld?: () => void;
  readonly clockMs?: () => number;
};

/**
 * @param disk a checked one.
 * @throws JournalError for a damaged record, and "diskFailed". The recorder's functions throw "diskFailed", and StateError after that.
 */
export function openRecorder(disk: Disk, path: string, head: RunHead, seams: RecorderSeams = {}): Recorder {
  const { checkHeld = () => {}, clockMs = () => performance.now() } = seams;
  const earlier = readRecord(disk, path, head);
  if (earlier?.torn === true) disk.truncate(path, earlier.size);
  const hash = createHash("sha256");
  if (earlier !== null) hash.update(disk.read(path, 0, earlier.size));
  const recorded = earlier?.lines ?? [];
  let { chain = chainStart } = earlier ?? {};
  let count = recorded.length;
  let buffer = "";
  let file: DiskFile | null = null;
  let broken = false;
  let flushedMs = clockMs();
  const attempt = (act: () => void): void => {
    if (broken) throw brokenRecord(path);
    broken = true;
    act();
    broken = false;
  };
  const flush = (): DiskFile => {
    checkHeld();
    file ??= opened(disk, path);
    appendAll(file, Buffer.from(buffer));
    buffer = "";
    flushedMs = clockMs();
    return file;
  };
  const add = (body: string): void => {
    const next = linked(chain, body);
    chain = next.chain;
    const line = `${next.line}\n`;
    buffer += line;
    hash.update(line);
  };
  if ((earlier?.size ?? 0) === 0) add(headBody(head));
  return {
    recorded,
    add: (line) =>
      attempt(() => {
        add(canonicalWire(line));
        count++;
        if (clockMs() - flushedMs > flushEveryMs) flush();
      }),
    flush: () => attempt(flush),
    end: (end) => {
      const body = endBody(count, end);
      const digest = hash.copy().update(body.slice(0, -1)).digest("hex");
      attempt(() => {
        add(withHash(body, digest));
        flush().sync();
      });
      return { hash: digest, fileHash: hash.digest("hex"), ...end };
    },
    close: () => {
      file?.close();
      file = null;
    },
  };
}

function opened(disk: Disk, path: string): DiskFile {
  disk.makeFolder(dirname(path));
  return disk.open(path);
}

function brokenRecord(path: string): StateError {
  return new StateError({
    code: "brokenRecord",
    what: path,
    expected: "a record whose last line was written",
    got: "one whose last line failed",
    remedy: "Run the campaign again: it continues after the last whole line.",
  });
}
