/**
 * Snapshots: the state of the strategy after some record of the log, in files `snapshot-<records>.json`. The first record of the log does
 * not count. Snapshots only shorten the start of a study, and can be deleted at any time. Two are kept. A snapshot names the checksum of
 * the log up to its record, so one of another log is not used.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { CaviarError, type Json, type OnNotice } from "@caviar-hpo/core";
import { json, object, whole } from "@caviar-hpo/core/read";
import { parseWire } from "@caviar-hpo/core/wire";
import type { Disk } from "./disk.ts";
import { snapshotIgnored, snapshotNotWritten } from "./notices.ts";
import { decodeRecord, encodeRecord, recordBytes } from "./record.ts";
import { replaceFile } from "./replaceFile.ts";

/** The state after so many records, and the checksum of the log that it belongs to. */
export type Snapshot = { readonly records: number; readonly log: number; readonly state: Json; readonly path: string };

const kept = 2;
const fileName = /^snapshot-(\d{1,15})\.json$/;

/** Those that are whole, the latest first. */
export function readSnapshots(disk: Disk, folder: string, onNotice: OnNotice): readonly Snapshot[] {
  return snapshotsIn(disk, folder).flatMap(({ records, path }) => {
    const snapshot = readSnapshot(disk, path, records);
    if (snapshot === null) onNotice(snapshotIgnored(path));
    return snapshot ?? [];
  });
}

/** Writes a snapshot and deletes those before the last one. Gives a notice if this fails, because the log is complete without it. */
export function writeSnapshot(disk: Disk, folder: string, { records, log, state }: Omit<Snapshot, "path">, onNotice: OnNotice): void {
  const path = join(folder, `snapshot-${records}.json`);
  try {
    replaceFile(disk, path, encodeRecord(records, { log, state }));
    for (const { path: old } of snapshotsIn(disk, folder).slice(kept)) disk.remove(old);
  } catch (error) {
    if (!(error instanceof CaviarError)) throw error;
    onNotice(snapshotNotWritten(path, error.got));
  }
}

function snapshotsIn(disk: Disk, folder: string): readonly { readonly records: number; readonly path: string }[] {
  return disk
    .list(folder)
    .flatMap((name) => {
      const records = fileName.exec(name)?.[1];
      return records === undefined ? [] : [{ records: Number(records), path: join(folder, name) }];
    })
    .sort((a, b) => b.records - a.records);
}

const decodeSnapshot = object({ log: whole(0, 0xffff_ffff), state: json });

function readSnapshot(disk: Disk, path: string, records: number): Snapshot | null {
  try {
    const size = disk.size(path) ?? 0;
    const record = size > recordBytes ? null : decodeRecord(Buffer.from(disk.read(path, 0, size)));
    if (record === null || record.sequence !== records) return null;
    return { ...decodeSnapshot(parseWire(record.text), path), records, path };
  } catch (error) {
    if (error instanceof CaviarError) return null;
    throw error;
  }
}
