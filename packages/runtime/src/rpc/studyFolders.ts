/**
 * The folders of studies below the root of a server. Nothing outside the root is opened: a study's folder that is a symbolic link is
 * refused, and so is a link in it. Where the system can address a folder by an open file (Linux), the folder stays the same one while it
 * is in use, even if another process puts something else in its place. Elsewhere each use checks that it is the same folder, and still
 * there.
 */
import { type BigIntStats, closeSync, constants, existsSync, lstatSync, openSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { JournalError } from "@caviar-hpo/core";
import { checkedDisk } from "../log/checkedDisk.ts";
import type { Disk } from "../log/disk.ts";
import { nodeDisk } from "../log/nodeDisk.ts";
import { folderPattern } from "./studyName.ts";

/** A folder of a study in use. `disk` takes paths below `path`, and works in this folder only. */
export type StudyFolder = { readonly path: string; readonly disk: Disk; close(): void };

export type StudyFolders = {
  /** The folder with a name as `folderNameOf` gives it. null if there is none, unless `make` is true. */
  use(folderName: string, make: boolean): StudyFolder | null;
  /** The names of the folders of studies, sorted. */
  list(): readonly string[];
};

/** How folders are addressed. Tests replace it. */
export type Addressing = { readonly byOpenFile: boolean; readonly disk: Disk };

const machineDisk = checkedDisk(nodeDisk);
const thisSystem: Addressing = { byOpenFile: existsSync("/proc/self/fd"), disk: nodeDisk };

/** @param root made if it does not exist. It may be a link: it is followed once. */
export function studyFolders(root: string, addressing: Addressing = thisSystem): StudyFolders {
  machineDisk.makeFolder(root);
  const path = realpathSync(root);
  return {
    use: (folderName, make) => {
      const folder = join(path, folderName);
      if (make && lstatOf(folder) === null) machineDisk.makeFolder(folder);
      const found = lstatOf(folder);
      return found === null ? null : useFolder(folder, found, addressing);
    },
    list: () =>
      readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && folderPattern.test(entry.name))
        .map((entry) => entry.name)
        .sort(),
  };
}

/** The folder with a path, which may be a link: it is followed once. It is made if it does not exist. */
export function studyFolder(path: string): StudyFolder {
  machineDisk.makeFolder(path);
  const folder = realpathSync(path);
  return useFolder(folder, lstatOf(folder)!, thisSystem);
}

function useFolder(path: string, found: BigIntStats, { byOpenFile, disk }: Addressing): StudyFolder {
  if (!byOpenFile) return { path, disk: diskIn(path, () => sameFolder(path, found), disk), close: () => {} };
  const file = openFolder(path);
  const address = `/proc/self/fd/${file}`;
  return { path, disk: diskIn(path, () => address, disk), close: () => closeSync(file) };
}

function openFolder(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (error) {
    if (["ELOOP", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) linked(path);
    throw error;
  }
}

/** The path, if the folder that was found there is still there. */
function sameFolder(path: string, found: BigIntStats): string {
  const now = lstatOf(path);
  return now?.isDirectory() && now.ino === found.ino && now.dev === found.dev ? path : linked(path);
}

/** The disk below one folder. `address` gives the path by which the folder is to be reached now. */
function diskIn(folder: string, address: () => string, disk: Disk): Disk {
  const place = (path: string): string => {
    let place = address();
    for (const part of path.slice(folder.length).split(/[\\/]/).filter(Boolean)) {
      place = join(place, part);
      if (lstatOf(place)?.isSymbolicLink()) linked(path);
    }
    return place;
  };
  return {
    makeFolder: (path) => disk.makeFolder(place(path)),
    list: (path) => disk.list(place(path)),
    size: (path) => disk.size(place(path)),
    read: (path, offset, length) => disk.read(place(path), offset, length),
    open: (path) => disk.open(place(path)),
    truncate: (path, size) => disk.truncate(place(path), size),
    rename: (from, to) => disk.rename(place(from), place(to)),
    remove: (path) => disk.remove(place(path)),
    removeFolder: (path) => disk.removeFolder(place(path)),
    syncFolder: (path) => disk.syncFolder(place(path)),
  };
}

function lstatOf(path: string): BigIntStats | null {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}

function linked(path: string): never {
  throw new JournalError({
    code: "linkedFolder",
    what: path,
    expected: "the folder of a study, with plain files in it",
    got: "a link, or something else in its place",
    remedy: "A server opens nothing outside its root. Move the study there, or open it with openStudy.",
  });
}
