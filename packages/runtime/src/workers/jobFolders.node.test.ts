import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { thisMachine } from "../log/machine.ts";
import { jobFolders } from "./jobFolders.ts";

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "caviar-test-"));
});
afterEach(() => rmSync(parent, { recursive: true }));

/** A folder as an executor leaves it behind whose process, with this number, was killed. */
function leftBehind(name: string, pid: number): string {
  const folder = join(parent, `caviar-jobs-${name}`);
  mkdirSync(join(folder, "job-1", "checkpoint"), { recursive: true });
  const identity = { ...thisMachine().self, pid, started: null };
  writeFileSync(join(folder, "lock-1"), `${JSON.stringify(identity)}\n`);
  return folder;
}

const endedPid = (): number => spawnSync(process.execPath, ["-e", "0"]).pid;

it("folders of jobs are removed when their executor closes", () => {
  const folders = jobFolders(parent);
  const [first, second] = [folders.make(), folders.make()];
  expect(dirname(first)).toBe(dirname(second));
  expect(existsSync(first)).toBe(true);
  folders.close();
  expect(readdirSync(parent)).toEqual([]);
});

it("folders of a process that was killed are removed by the next executor, and no others", () => {
  const abandoned = leftBehind("abandoned", endedPid());
  const used = leftBehind("used", process.pid);
  const elsewhere = leftBehind("elsewhere", endedPid());
  const identity = { ...thisMachine().self, pid: endedPid(), host: "another machine" };
  writeFileSync(join(elsewhere, "lock-1"), `${JSON.stringify(identity)}\n`);
  const unlocked = join(parent, "caviar-jobs-unlocked");
  mkdirSync(unlocked);
  const other = jobFolders(parent);
  const job = other.make();
  jobFolders(parent).make();
  expect([abandoned, used, elsewhere, unlocked, job].map((folder) => existsSync(folder))).toEqual([false, true, true, true, true]);
});
