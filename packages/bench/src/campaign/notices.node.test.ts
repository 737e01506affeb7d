import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Notice } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { inFolder, tinyPlan } from "../../testing/plans.ts";
import { runCampaign } from "./campaign.ts";

const plan = tinyPlan({ strategies: [{ name: "random" }], problems: ["branin"] });

/** The notices of a campaign with one worker. */
async function noticesOf(folder: string, fresh = false): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  await runCampaign(plan, folder, { command: "none", workers: 1, fresh, onNotice: (notice) => notices.push(notice) });
  return notices;
}

const recordIn = (folder: string, seed: number): string => join(folder, "runs", "branin", "random", `${seed}.jsonl`);

function cut(path: string, to: (text: string) => number): void {
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.slice(0, to(text)));
}

test("a campaign that was not disturbed gives no notice, and neither does one that was interrupted between two lines", () =>
  inFolder(async (folder) => {
    expect(await noticesOf(folder)).toEqual([]);
    cut(recordIn(folder, 1), (text) => text.lastIndexOf("\n", text.length - 2) + 1);
    expect(await noticesOf(folder)).toEqual([]);
  }));

test("torn records are noticed once for the campaign: the first by its path, the others by their number", () =>
  inFolder(async (folder) => {
    await noticesOf(folder);
    const whole = [1, 2].map((seed) => readFileSync(recordIn(folder, seed), "utf8"));
    cut(recordIn(folder, 2), (text) => text.length - 9);
    const lost = "ended in the middle of a line. The campaign drops that line and measures the missing values again";
    expect(await noticesOf(folder)).toMatchObject([{ code: "tornRecords", message: `${recordIn(folder, 2)} ${lost}` }]);
    for (const seed of [1, 2]) cut(recordIn(folder, seed), () => 20);
    expect(await noticesOf(folder)).toMatchObject([{ code: "tornRecords", message: `${recordIn(folder, 1)} and 1 more ${lost}` }]);
    expect([1, 2].map((seed) => readFileSync(recordIn(folder, seed), "utf8"))).toEqual(whole);
    expect(await noticesOf(folder)).toEqual([]);
  }));

test("torn records that a fresh campaign throws away are not noticed", () =>
  inFolder(async (folder) => {
    await noticesOf(folder);
    cut(recordIn(folder, 1), () => 20);
    expect(await noticesOf(folder, true)).toEqual([]);
  }));

test("a campaign that can have one worker only says why, unless one is asked for", () =>
  inFolder(async (folder) => {
    const notices: Notice[] = [];
    await runCampaign(plan, folder, { command: "none", onNotice: (notice) => notices.push(notice) });
    expect(notices).toMatchObject([
      {
        code: "oneWorker",
        message: "the runs happen one after another, because uncompiled sources and bundles in one file have no threads",
      },
    ]);
  }));

test("strategies for which the evaluations are too few are noticed, each once, before the first run", () =>
  inFolder(async (folder) => {
    const notices: Notice[] = [];
    const few = tinyPlan({
      budget: 10,
      strategies: [{ name: "random" }, { label: "parzen", name: "tpe" }, { label: "parzen x2", name: "tpe", evaluationsPerStep: 2 }],
      problems: ["branin", "booth"],
    });
    await runCampaign(few, folder, { command: "none", workers: 1, onNotice: (notice) => notices.push(notice) });
    expect(notices).toEqual([
      {
        code: "fewTrials",
        what: "trials of parzen",
        message: "10 are too few, because the strategy begins with 10 random points",
        remedy: "Allow more than 10 trials, or set the option startup lower.",
      },
    ]);
  }));
