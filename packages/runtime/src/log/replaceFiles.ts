/**
 * Writing the files of a folder as one: all new files are written and synced under other names first, with copies of the old files. Only
 * then are they moved to their places. If an operation fails, the old files come back. After a crash, each file is the old or the new one,
 * never a part of one.
 */
import { dirname, join } from "node:path";
import { appendAll, type Disk } from "./disk.ts";
import { temporarySuffix } from "./replaceFile.ts";

/** `name` is relative to the folder, with `/`. */
export type NewFile = { readonly name: string; readonly content: Uint8Array };

/** The files that earlier calls may have written: those in `folders` (`.` is the folder itself) whose name, as in `NewFile`, belongs. */
export type OwnedFiles = { readonly folders: readonly string[]; readonly belongs: (name: string) => boolean };

const newSuffix = `.new${temporarySuffix}`;
const oldSuffix = `.old${temporarySuffix}`;

/**
 * Writes `files`, and deletes the owned files that are not among them.
 *
 * @param folder not written by two processes at a time.
 * @throws what the disk throws. The owned files are then as they were.
 */
export function replaceFiles(disk: Disk, folder: string, files: readonly NewFile[], { folders, belongs }: OwnedFiles): void {
  const at = (name: string): string => join(folder, name);
  const names = folders.flatMap((inner) => disk.list(at(inner)).map((name) => (inner === "." ? name : `${inner}/${name}`)));
  const leftOver = new Set(names.filter((name) => isLeftOver(name, belongs)));
  for (const name of leftOver) disk.remove(at(name));
  const old = names.filter((name) => belongs(name) && !leftOver.has(name));
  const changed: string[] = [];
  try {
    for (const inner of foldersOf(files)) disk.makeFolder(at(inner));
    for (const { name, content } of files) writeSynced(disk, at(name + newSuffix), content);
    for (const name of old) writeSynced(disk, at(name + oldSuffix), contentOf(disk, at(name)));
    for (const { name } of files) {
      disk.rename(at(name + newSuffix), at(name));
      changed.push(name);
    }
    const kept = new Set(changed);
    for (const name of old.filter((one) => !kept.has(one))) {
      disk.remove(at(name));
      changed.push(name);
    }
    for (const inner of foldersOf([...files, ...old.map((name) => ({ name }))])) disk.syncFolder(at(inner));
  } catch (error) {
    const before = new Set(old);
    for (const name of changed) attempt(() => (before.has(name) ? disk.rename(at(name + oldSuffix), at(name)) : disk.remove(at(name))));
    for (const { name } of files) attempt(() => disk.remove(at(name + newSuffix)));
    throw error;
  } finally {
    // A copy that stays is deleted by the next call.
    for (const name of old) attempt(() => disk.remove(at(name + oldSuffix)));
  }
}

function foldersOf(files: readonly Pick<NewFile, "name">[]): ReadonlySet<string> {
  return new Set(files.map(({ name }) => dirname(name)));
}

function isLeftOver(name: string, belongs: (name: string) => boolean): boolean {
  return [newSuffix, oldSuffix].some((suffix) => name.endsWith(suffix) && belongs(name.slice(0, -suffix.length)));
}

function writeSynced(disk: Disk, path: string, content: Uint8Array): void {
  const file = disk.open(path);
  try {
    appendAll(file, content);
    file.sync();
  } finally {
    file.close();
  }
}

function contentOf(disk: Disk, path: string): Uint8Array {
  return disk.read(path, 0, disk.size(path) ?? 0);
}

/** Puts the disk in order after a first error. If it fails again, the first error is the one to report. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    return;
  }
}
