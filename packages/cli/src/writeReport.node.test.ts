/** A report replaces the report that is there, or leaves it as it was. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CampaignResults } from "@caviar-hpo/report";
import { type Disk, nodeDisk, thisMachine } from "@caviar-hpo/runtime/disk";
import { afterAll, describe, expect, it } from "vitest";
import { contentsOf, folders } from "../testing/folders.ts";
import { writeReport, writeReportOn } from "./writeReport.ts";

const { next: newFolder, remove } = folders("report-");
afterAll(remove);

const machine = thisMachine();

/** One strategy, whose values begin with `first`, on each problem. */
function results(first: number, problems: readonly string[]): CampaignResults {
  const card = { version: 1, options: {}, evaluationsPerStep: 1 };
  const facts = { title: "A problem", dimensions: 1, optimum: 0, tolerance: 0, tags: [], source: "this test", budget: 2 };
  return {
    name: "test",
    title: "A test",
    question: "Which report is in the folder?",
    planHash: "0".repeat(64),
    dataHash: "1".repeat(64),
    command: "none",
    initialPoints: 0,
    noise: "none",
    strategies: [{ label: "random", name: "random", ...card }],
    problems: problems.map((id) => ({ id, ...facts })),
    seeds: [1],
    runs: problems.map((problem) => ({ problem, strategy: "random", seed: 1, values: [first, 1] })),
  };
}

const [before, after] = [results(3, ["a", "b"]), results(4, ["a"])];

/** Fails at the operation `point`. If the disk then `stays` full, so do all later operations that need space. */
function failing(point: number, stays: boolean): { readonly disk: Disk; readonly operations: () => number } {
  let operations = 0;
  const step = <T>(act: () => T, needsSpace = true): T => {
    const number = operations++;
    if (number === point || (stays && needsSpace && number > point)) throw Object.assign(new Error("ENOSPC: planned"), { code: "ENOSPC" });
    return act();
  };
  const disk: Disk = {
    ...nodeDisk,
    rename: (from, to) => step(() => nodeDisk.rename(from, to), false),
    open: (path) => {
      const file = step(() => nodeDisk.open(path));
      return { ...file, append: (bytes) => step(() => file.append(bytes)), sync: () => step(() => file.sync()) };
    },
  };
  return { disk, operations: () => operations };
}

/** A folder with a report, a record and a file of the user. */
async function folderWithReport(): Promise<string> {
  const folder = newFolder();
  mkdirSync(join(folder, "runs"));
  writeFileSync(join(folder, "runs", "1.jsonl"), "a record\n");
  await writeReport(before, folder);
  writeFileSync(join(folder, "fig", "notes.txt"), "of the user");
  return folder;
}

describe("writing a report into the folder of another one", () => {
  it("replaces every file of it, and leaves other files alone", async () => {
    const folder = await folderWithReport();
    const first = contentsOf(folder);
    expect(await writeReport(after, folder)).toBe(join(folder, "report.html"));
    const fresh = newFolder();
    await writeReport(after, fresh);
    const others = { "runs/1.jsonl": "a record\n", "fig/notes.txt": "of the user" };
    expect(contentsOf(folder)).toEqual({ ...contentsOf(fresh), ...others });
    expect(Object.keys(first)).toContain("fig/curves-2-b.csv");
    await writeReport(before, folder);
    expect(contentsOf(folder)).toEqual(first);
  });

  it.each([
    ["the disk fails once", false],
    ["the disk stays full", true],
  ])("leaves it as it was if %s", async (_, stays) => {
    const folder = await folderWithReport();
    const first = contentsOf(folder);
    const whole = failing(Infinity, false);
    await writeReportOn({ disk: whole.disk, machine }, before, folder);
    expect(whole.operations()).toBeGreaterThan(60);
    for (let point = 0; point < whole.operations(); point += 5) {
      const { disk, operations } = failing(point, stays);
      const error: unknown = await writeReportOn({ disk, machine }, after, folder).catch((thrown: unknown) => thrown);
      if (operations() <= point) continue;
      expect(error, `operation ${point}`).toMatchObject({ code: "diskFailed" });
      expect(contentsOf(folder), `operation ${point}`).toEqual(first);
    }
  });

  it("leaves it as it was if a folder is in the place of a page", async () => {
    const folder = await folderWithReport();
    rmSync(join(folder, "report.md"));
    mkdirSync(join(folder, "report.md"));
    const first = contentsOf(folder);
    await expect(writeReport(after, folder)).rejects.toMatchObject({ code: "diskFailed" });
    expect(contentsOf(folder)).toEqual(first);
  });
});
