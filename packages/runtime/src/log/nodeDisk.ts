/** The machine's disk. */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Disk } from "./disk.ts";

export const nodeDisk: Disk = {
  makeFolder,
  list: (folder) => {
    try {
      return readdirSync(folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  },
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? null,
  read: (path, offset, length) =>
    withFile(path, "r", (file) => {
      const bytes = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const read = readSync(file, bytes, filled, length - filled, offset + filled);
        if (read === 0) break;
        filled += read;
      }
      return bytes.subarray(0, filled);
    }),
  open: (path) => {
    const file = openSync(path, "a");
    return { append: (bytes) => writeSync(file, bytes), sync: () => fsyncSync(file), close: () => closeSync(file) };
  },
  truncate: (path, size) =>
    withFile(path, "r+", (file) => {
      ftruncateSync(file, size);
      fsyncSync(file);
    }),
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  removeFolder: (path) => rmSync(path, { force: true, recursive: true }),
  syncFolder: (path) => {
    // Windows has no way to sync a folder, and refuses to open one.
    if (process.platform !== "win32") withFile(path, "r", fsyncSync);
  },
};

/** `mkdirSync` with `recursive` never returns for a folder that cannot be made although the one above it exists, as in /proc. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isMissing(error) && !isFolder(dirname(path))) {
      makeFolder(dirname(path));
      makeFolder(path);
    } else if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function withFile<T>(path: string, flags: string, use: (file: number) => T): T {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
