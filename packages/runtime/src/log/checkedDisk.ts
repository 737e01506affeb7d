/** A disk whose failures are typed errors that say what to do. */
import { CaviarError, JournalError } from "@caviar-hpo/core";
import type { Disk, DiskFile } from "./disk.ts";

/** The same disk. Instead of the errors of the operating system it throws JournalError "diskFailed". */
export function checkedDisk(disk: Disk): Disk {
  return {
    makeFolder: (path) => checked("make", path, () => disk.makeFolder(path)),
    list: (folder) => checked("list", folder, () => disk.list(folder)),
    size: (path) => checked("look at", path, () => disk.size(path)),
    read: (path, offset, length) => checked("read", path, () => disk.read(path, offset, length)),
    open: (path) =>
      checkedFile(
        checked("open", path, () => disk.open(path)),
        path,
      ),
    truncate: (path, size) => checked("cut", path, () => disk.truncate(path, size)),
    rename: (from, to) => checked("replace", to, () => disk.rename(from, to)),
    remove: (path) => checked("delete", path, () => disk.remove(path)),
    syncFolder: (path) => checked("sync", path, () => disk.syncFolder(path)),
  };
}

function checkedFile(file: DiskFile, path: string): DiskFile {
  return {
    append: (bytes) => checked("write", path, () => file.append(bytes)),
    sync: () => checked("sync", path, () => file.sync()),
    close: () => checked("close", path, () => file.close()),
  };
}

function checked<T>(act: string, path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof CaviarError || typeof code !== "string") throw error;
    throw new JournalError({
      code: "diskFailed",
      what: path,
      expected: `a disk that can ${act} it`,
      got: message,
      remedy: remedies[code] ?? "Check the disk. Then open the study again: it continues after its last whole record.",
    });
  }
}

const remedies: { readonly [code: string]: string } = {
  ENOSPC: "Free some space. Then open the study again: it continues after its last whole record.",
  EDQUOT: "Free some space of your quota. Then open the study again: it continues after its last whole record.",
  EACCES: "Get the right to write there, or choose another folder. Reading needs no right to write: use readStudy.",
  EPERM: "Get the right to write there, or choose another folder. Reading needs no right to write: use readStudy.",
  EROFS: "Choose a folder on a disk that can be written. Reading needs no right to write: use readStudy.",
  EISDIR: "There is a folder with the name of a file. Move it away.",
  ENOTDIR: "There is a file with the name of a folder. Choose another folder.",
};
