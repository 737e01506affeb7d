/**
 * The commit of a repository, and whether the tracked files are those of the commit. The files of Git are read as its documentation
 * describes them (gitrepository-layout, gitformat-index, gitformat-pack). No program runs, because a repository may name programs in its
 * configuration that Git would run.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isUnchanged, readIndex, treeOf } from "./gitIndex.ts";
import { readObject } from "./gitObjects.ts";

export type Repository = {
  /** The commit in hexadecimal digits; null before the first commit, and if its name cannot be read. */
  readonly commit: string | null;
  /**
   * Whether every tracked file, in the index and on the disk, is as in the commit. Untracked files do not count. null if that cannot be
   * found out, for instance because a version of Git wrote files of an unknown form.
   */
  readonly clean: boolean | null;
};

/** The repository that a folder is in; null if it is in none. */
export function repositoryAt(folder: string): Repository | null {
  const top = topAbove(resolve(folder));
  if (top === null) return null;
  const gitFolder = gitFolderOf(top);
  const common = commonFolderOf(gitFolder);
  const commit = orNull(() => commitNamed(gitFolder, common, "HEAD"));
  return { commit, clean: commit === null ? null : orNull(() => isClean(top, gitFolder, common, commit)) };
}

function topAbove(folder: string): string | null {
  if (existsSync(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return above === folder ? null : topAbove(above);
}

/** In a worktree or a submodule, `.git` is a file that names the folder. */
function gitFolderOf(top: string): string {
  const path = join(top, ".git");
  return statSync(path).isDirectory()
    ? path
    : resolve(
        top,
        readFileSync(path, "utf8")
          .replace(/^gitdir: /, "")
          .trim(),
      );
}

/** Worktrees have branches and objects in common. */
function commonFolderOf(gitFolder: string): string {
  const path = join(gitFolder, "commondir");
  return existsSync(path) ? resolve(gitFolder, readFileSync(path, "utf8").trim()) : gitFolder;
}

function commitNamed(gitFolder: string, common: string, name: string): string | null {
  const path = [gitFolder, common].map((folder) => join(folder, name)).find((file) => existsSync(file));
  const text = path === undefined ? packedRef(common, name) : readFileSync(path, "utf8").trim();
  if (text?.startsWith("ref: ")) return commitNamed(gitFolder, common, text.slice(5));
  return text !== null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : null;
}

function packedRef(common: string, name: string): string | null {
  const lines = readFileSync(join(common, "packed-refs"), "utf8").split("\n");
  return lines.find((line) => line.endsWith(` ${name}`))?.split(" ")[0] ?? null;
}

function isClean(top: string, gitFolder: string, common: string, commit: string): boolean | null {
  const tree = /^tree ([0-9a-f]+)\n/.exec(readObject(common, commit).toString("latin1"))?.[1];
  if (tree === undefined) return null;
  const index = readIndex(join(gitFolder, "index"), commit.length / 2);
  return treeOf(index) === tree && index.entries.every((entry) => isUnchanged(top, entry, index));
}

/** What cannot be read is unknown: a manifest does not depend on the health of a repository. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
