/**
 * Bugs that a log could have, as disks: what the program would do wrong, the disk does wrong for it. A row of the fault matrix is a test
 * only if it finds them.
 */
import { crc32 } from "node:zlib";
import type { Disk, DiskFile } from "../log/disk.ts";

type ChangeFile = (file: DiskFile, path: string) => Partial<DiskFile>;

function withFiles(change: ChangeFile): (disk: Disk) => Disk {
  return (disk) => ({
    ...disk,
    open: (path) => {
      const file = disk.open(path);
      return { ...file, ...change(file, path) };
    },
  });
}

/** The program does not sync files whose paths match. */
export const neverSyncs = (paths: RegExp): ((disk: Disk) => Disk) =>
  withFiles((_file, path) => (paths.test(path) ? { sync: () => {} } : {}));

/** The program does not look at how much an append has written. */
export const ignoresShortWrites: (disk: Disk) => Disk = withFiles((file) => ({
  append: (bytes) => {
    file.append(bytes);
    return bytes.length;
  },
}));

/** The program takes a failed append for a good one. */
export const hidesFailedAppends: (disk: Disk) => Disk = withFiles((file) => ({
  append: (bytes) => {
    try {
      return file.append(bytes);
    } catch (error) {
      if (isPlanned(error)) return bytes.length;
      throw error;
    }
  },
}));

/** The program syncs again after a failed sync, and takes the second answer. */
export const syncsAgain: (disk: Disk) => Disk = withFiles((file) => ({
  sync: () => {
    try {
      file.sync();
    } catch (error) {
      if (!isPlanned(error)) throw error;
      file.sync();
    }
  },
}));

function isPlanned(error: unknown): boolean {
  return typeof (error as { readonly code?: unknown }).code === "string";
}

/** The program does not cut off a torn record. */
export const neverCuts = (disk: Disk): Disk => ({ ...disk, truncate: () => {} });

/** The program reads files whose paths match as `change` makes them. */
export function readsAs(paths: RegExp, change: (content: Buffer) => Buffer): (disk: Disk) => Disk {
  return (disk) => {
    const contentOf = (path: string): Buffer => change(Buffer.from(disk.read(path, 0, disk.size(path)!)));
    return {
      ...disk,
      size: (path) => (paths.test(path) && disk.size(path) !== null ? contentOf(path).length : disk.size(path)),
      read: (path, offset, length) =>
        paths.test(path) ? contentOf(path).subarray(offset, offset + length) : disk.read(path, offset, length),
    };
  };
}

function framed(rest: string): string {
  return `${crc32(rest).toString(16).padStart(8, "0")} ${rest}`;
}

/** The program takes every checksum for right. */
export const trustsChecksums: (disk: Disk) => Disk = readsAs(/log$/, (content) =>
  Buffer.from(
    content.toString("latin1").replace(/^.{8} (.*\n)/gm, (_line, rest: string) => framed(rest)),
    "latin1",
  ),
);

/** The program counts records by themselves and does not read their numbers. */
export const countsRecords: (disk: Disk) => Disk = readsAs(/log$/, (content) => {
  let count = 0;
  return Buffer.from(
    content
      .toString("latin1")
      .replace(/^.{8} (\d+) \d+ (.*\n)/gm, (_line, length: string, json: string) => framed(`${length} ${count++} ${json}`)),
    "latin1",
  );
});
