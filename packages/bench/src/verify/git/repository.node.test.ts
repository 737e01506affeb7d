/** The repositories are made by Git itself, and Git says what is in them. */
import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from "vitest";
import { scratchFolder } from "../../../testing/plans.ts";
import { readObject } from "./gitObjects.ts";
import { repositoryAt } from "./repository.ts";

const { folder: scratch, remove } = scratchFolder("git-");
afterAll(remove);

function git(folder: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
  const env = { PATH: process.env.PATH, HOME: scratch, GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", [...identity, ...args], { cwd: folder, env, encoding: "utf8" }).trim();
}

/** A repository with files in folders, a program and a link, in one commit. */
function repository(name: string, ...init: readonly string[]): string {
  const folder = join(scratch, name);
  mkdirSync(join(folder, "a", "b"), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  chmodSync(join(folder, "run.sh"), 0o755);
  symlinkSync("a/b", join(folder, "link"));
  git(folder, "init", "-q", "-b", "main", ...init);
  git(folder, "add", ".");
  git(folder, "commit", "-q", "-m", "first");
  return folder;
}

const files = { "a.txt": "1", "a/b/x": "x", "a/b.txt": "2", "a/c": "3", "a-b": "4", "run.sh": "#!/bin/sh\n", "z é.txt": "5" };

/** What Git says of the tracked files and of HEAD. */
function byGit(folder: string): ReturnType<typeof repositoryAt> {
  return { commit: git(folder, "rev-parse", "HEAD"), clean: git(folder, "status", "--porcelain", "--untracked-files=no") === "" };
}

describe("a repository is as Git says", () => {
  let folder: string;
  beforeAll(() => {
    folder = repository("states");
  });
  test.each<readonly [string, boolean, (path: (name: string) => string) => void]>([
    ["after a commit", true, () => {}],
    ["with a file that is not tracked", true, (path) => writeFileSync(path("a/new"), "new")],
    ["with a file whose time alone has changed", true, (path) => utimesSync(path("a.txt"), 1e9, 1e9)],
    ["with a changed file", false, (path) => writeFileSync(path("a/b/x"), "longer")],
    ["with a changed file of the same size and time", false, changeSecretly],
    ["with a deleted file", false, (path) => rmSync(path("z é.txt"))],
    ["with a program that may not be executed any more", false, (path) => chmodSync(path("run.sh"), 0o644)],
    ["with a link to another place", false, (path) => relink(path("link"), "a")],
    ["with a file in place of a link", false, (path) => relink(path("link"), null)],
    ["with a file in place of a folder", false, (path) => replaceFolder(path("a"))],
    ["with a change that is added", false, (path) => addChange(path("a/c"))],
    ["with a new file that is added", false, (path) => addChange(path("a/d"))],
  ])("%s", (_name, clean, change) => {
    change((name) => join(folder, name));
    expect(repositoryAt(folder)).toEqual(byGit(folder));
    expect(repositoryAt(folder)?.clean).toBe(clean);
  });
  afterEach(() => {
    git(folder, "reset", "-q", "--hard");
    git(folder, "clean", "-qfd");
  });

  function addChange(path: string): void {
    writeFileSync(path, "added");
    git(folder, "add", path);
  }
});

/** The index was written in the same second, so neither Git nor we trust the time. */
function changeSecretly(path: (name: string) => string): void {
  const { mtimeMs } = lstatSync(path("a/c"));
  writeFileSync(path("a/c"), "4");
  utimesSync(path("a/c"), mtimeMs / 1000, mtimeMs / 1000);
}

function relink(path: string, target: string | null): void {
  rmSync(path);
  if (target === null) writeFileSync(path, "a/b");
  else symlinkSync(target, path);
}

function replaceFolder(path: string): void {
  rmSync(path, { recursive: true });
  writeFileSync(path, "no folder");
}

describe("every form that Git writes is read", () => {
  it.each(["2", "4"])("an index of version %s, from any folder below", (version) => {
    const folder = repository(`index-${version}`);
    git(folder, "update-index", "--index-version", version);
    expect(repositoryAt(join(folder, "a", "b"))).toEqual({ commit: git(folder, "rev-parse", "HEAD"), clean: true });
  });

  it("a repository of SHA-256", () => {
    const folder = repository("sha256", "--object-format=sha256");
    expect(repositoryAt(folder)).toEqual({ commit: expect.stringMatching(/^[0-9a-f]{64}$/) as string, clean: true });
    expect(repositoryAt(folder)).toEqual(byGit(folder));
  });

  it("a worktree on a branch, and a commit without a branch", () => {
    const folder = repository("trunk");
    git(folder, "worktree", "add", "-q", "-b", "other", "../worktree");
    const worktree = join(scratch, "worktree");
    addCommit(worktree);
    expect(repositoryAt(worktree)).toEqual({ ...byGit(worktree), clean: true });
    git(folder, "checkout", "-q", "--detach");
    expect(repositoryAt(folder)).toEqual({ ...byGit(folder), clean: true });
  });

  it("a pack of commits, of which some are kept as their differences", () => {
    const folder = repository("packed");
    for (let count = 0; count < 8; count++) addCommit(folder);
    git(folder, "gc", "-q", "--aggressive", "--prune=now");
    const packs = join(folder, ".git", "objects", "pack");
    const commits = git(folder, "log", "--format=%H %T").split("\n");
    expect(commits).toHaveLength(9);
    expect(git(folder, "verify-pack", "-v", join(packs, readdirSync(packs).find((name) => name.endsWith(".idx"))!))).toMatch(
      /commit .* 1 [0-9a-f]{40}\n/,
    );
    for (const line of commits) {
      const [commit = "", tree] = line.split(" ");
      expect(readObject(join(folder, ".git"), commit).toString()).toMatch(new RegExp(`^tree ${tree}\n`));
    }
    expect(repositoryAt(folder)).toEqual({ ...byGit(folder), clean: true });
  });
});

/** The messages are alike, so that Git packs commits as differences. */
function addCommit(folder: string): void {
  git(folder, "commit", "-q", "--allow-empty", "-m", `A change\n\n${"The same long text in every message. ".repeat(20)}`);
}

test("nothing is known of a repository without a commit, and of damaged ones; outside there is none", () => {
  const folder = repository("damaged");
  renameSync(join(folder, ".git", "index"), join(folder, ".git", "index-before"));
  expect(repositoryAt(folder)).toEqual({ commit: git(folder, "rev-parse", "HEAD"), clean: null });
  writeFileSync(join(folder, ".git", "HEAD"), "ref: refs/heads/none\n");
  expect(repositoryAt(folder)).toEqual({ commit: null, clean: null });
  expect(repositoryAt("/")).toBeNull();
});
