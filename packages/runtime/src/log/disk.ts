/**
 * The disk seam: all that a log needs of a file system. Production code runs on `nodeDisk`. Tests run on a disk in memory that crashes,
 * tears writes and loses data as a plan says. Calls are synchronous, because an event is on the disk before the call that made it returns.
 */

/** A file that is open for appending. */
export type DiskFile = {
  /** Appends at least one byte, and gives the number of bytes that it appended. It may be less than `bytes.length`. */
  append(bytes: Uint8Array): number;
  /** Returns when everything appended so far survives a power loss. */
  sync(): void;
  close(): void;
};

/** Paths are strings as for `node:fs`. Calls throw errors with a `code` such as "ENOSPC". */
export type Disk = {
  /** Makes the folder and those above it, as far as they do not exist. */
  makeFolder(path: string): void;
  /** The names in a folder, in no particular order. None if there is no such folder. */
  list(folder: string): readonly string[];
  /** The size of a file in bytes; null if there is none. */
  size(path: string): number | null;
  /** At most `length` bytes from `offset` on; fewer at the end of the file. */
  read(path: string, offset: number, length: number): Uint8Array;
  /** Opens a file for appending. Makes it if there is none. */
  open(path: string): DiskFile;
  /** Cuts a file to its first `size` bytes. This survives a power loss. */
  truncate(path: string, size: number): void;
  /** Moves a file, over the one that is there. */
  rename(from: string, to: string): void;
  /** Deletes a file if there is one. */
  remove(path: string): void;
  /** Deletes a folder and everything in it, if there is one. */
  removeFolder(path: string): void;
  /** Returns when the names in the folder survive a power loss. */
  syncFolder(path: string): void;
};

/** Appends all bytes: it continues after a short write. */
export function appendAll(file: DiskFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += file.append(bytes.subarray(at));
}
