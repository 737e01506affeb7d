/**
 * Snapshots: the state of the strategy after some event, in files `snapshot-<events>.json`. They only shorten the start of a study, and can
 * be deleted at any time. Two are kept. A snapshot names the checksum of the log up to its event, so one of another log is not used.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { CaviarError, type OnNotice } from "@caviar-hpo/core";
import type { SavedState } from "@caviar-hpo/core/contract";
import { json, object, whole } from "@caviar-hpo/core/read";
import { parseWire } from "@caviar-hpo/core/wire";
import type { Disk } from "./disk.ts";
import { snapshotIgnored, snapshotNotWritten } from "./notices.ts";
import { decodeRecord, encodeRecord, recordBytes } from "./record.ts";
import { replaceFile } from "./replaceFile.ts";

/** A snapshot and the checksum of the log that it belongs to. */
export type Snapshot = SavedState & { readonly path: string; readonly log: number };

const kept = 2;
const fileName = /^snapshot-(\d{1,15})\.json$/;

/** Those that are whole, the latest first. */
export function readSnapshots(disk: Disk, folder: string, onNotice: OnNotice): readonly Snapshot[] {
  return snapshotsIn(disk, folder).flatMap(({ events, path }) => {
    const snapshot = readSnapshot(disk, path, events);
    if (snapshot === null) onNotice(snapshotIgnored(path));
    return snapshot ?? [];
  });
}

/** Writes a snapshot and deletes those before the last one. Gives a notice if this fails, because the log is complete without it. */
export function writeSnapshot(disk: Disk, folder: string, { events, state }: SavedState, log: number, onNotice: OnNotice): void {
  const path = join(folder, `snapshot-${events}.json`);
  try {
    replaceFile(disk, path, encodeRecord(events, { log, state }));
    for (const { path: old } of snapshotsIn(disk, folder).slice(kept)) disk.remove(old);
  } catch (error) {
    if (!(error instanceof CaviarError)) throw error;
    onNotice(snapshotNotWritten(path, error.got));
  }
}

function snapshotsIn(disk: Disk, folder: string): readonly { readonly events: number; readonly path: string }[] {
  return disk
    .list(folder)
    .flatMap((name) => {
      const events = fileName.exec(name)?.[1];
      return events === undefined ? [] : [{ events: Number(events), path: join(folder, name) }];
    })
    .sort((a, b) => b.events - a.events);
}

const decodeSnapshot = object({ log: whole(0, 0xffff_ffff), state: json });

function readSnapshot(disk: Disk, path: string, events: number): Snapshot | null {
  try {
    const size = disk.size(path) ?? 0;
    const record = size > recordBytes ? null : decodeRecord(Buffer.from(disk.read(path, 0, size)));
    if (record === null || record.sequence !== events) return null;
    return { ...decodeSnapshot(parseWire(record.text.toString()), path), events, path };
  } catch (error) {
    if (error instanceof CaviarError) return null;
    throw error;
  }
}
