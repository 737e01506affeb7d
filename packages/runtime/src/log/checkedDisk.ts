/** A disk whose failures are typed errors that say what to do. */
import { CaviarError, JournalError } from "@caviar-hpo/core";
import type { Disk, DiskFile } from "./disk.ts";

/** What a user can do about a disk that fails: ends of the remedies. */
export type DiskAdvice = {
  /** How to continue once the disk works again. */
  readonly again: string;
  /** What is possible without the right to write; null for nothing. */
  readonly reading: string | null;
};

const adviceOfStudies: DiskAdvice = {
  again: "Then open the study again: it continues after its last whole record.",
  reading: "Reading needs no right to write: use readStudy.",
};

/** The same disk. Instead of the errors of the operating system it throws JournalError "diskFailed". */
export function checkedDisk(disk: Disk, advice: DiskAdvice = adviceOfStudies): Disk {
  const checked = <T>(act: string, path: string, call: () => T): T => {
    try {
      return call();
    } catch (error) {
      throw diskFailed(error, act, path, advice);
    }
  };
  const checkedFile = (file: DiskFile, path: string): DiskFile => ({
    append: (bytes) => checked("write", path, () => file.append(bytes)),
    sync: () => checked("sync", path, () => file.sync()),
    close: () => checked("close", path, () => file.close()),
  });
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
    removeFolder: (path) => checked("delete", path, () => disk.removeFolder(path)),
    syncFolder: (path) => checked("sync", path, () => disk.syncFolder(path)),
  };
}

/** The error itself if it is not one of the operating system. */
function diskFailed(error: unknown, act: string, path: string, advice: DiskAdvice): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof CaviarError || typeof code !== "string") return error;
  return new JournalError({
    code: "diskFailed",
    what: path,
    expected: `a disk that can ${act} it`,
    got: message,
    remedy: act === "make" && code === "ENOENT" ? "No folder can be made there. Choose another place." : remedyOf(code, advice),
  });
}

function remedyOf(code: string, { again, reading }: DiskAdvice): string {
  switch (code) {
    case "ENOSPC":
      return `Free some space. ${again}`;
    case "EDQUOT":
      return `Free some space of your quota. ${again}`;
    case "EACCES":
    case "EPERM":
      return sentences("Get the right to write there, or choose another folder.", reading);
    case "EROFS":
      return sentences("Choose a folder on a disk that can be written.", reading);
    case "EISDIR":
      return "There is a folder with the name of a file. Move it away.";
    case "ENAMETOOLONG":
      return "The name is too long. Choose a shorter one.";
    case "ENOTDIR":
    case "EEXIST":
      return "There is a file with the name of a folder. Choose another folder.";
    default:
      return `Check the disk. ${again}`;
  }
}

function sentences(...all: readonly (string | null)[]): string {
  return all.filter((one) => one !== null).join(" ");
}
