/**
 * Writing a file at once: after a crash the file is the old one or the new one, never a part of one. The new content goes to another file
 * and is synced, the other file is moved over the old one, and the folder is synced (Pillai et al. 2014, "All file systems are not created
 * equal", section 4: programs that leave out one of these steps lose files).
 */
import { dirname } from "node:path";
import { appendAll, type Disk } from "./disk.ts";

/** Files that end like this are unfinished, and may be deleted while no process works in the folder. */
export const temporarySuffix = ".tmp";

/** @param path not written by two processes at a time. */
export function replaceFile(disk: Disk, path: string, content: Uint8Array): void {
  const temporary = `${path}${temporarySuffix}`;
  disk.remove(temporary);
  const file = disk.open(temporary);
  try {
    appendAll(file, content);
    file.sync();
  } finally {
    file.close();
  }
  disk.rename(temporary, path);
  disk.syncFolder(dirname(path));
}
