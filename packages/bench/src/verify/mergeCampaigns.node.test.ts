import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CaviarError, ConfigError, JournalError } from "@caviar-hpo/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { rewriteRecord } from "../../testing/forgery.ts";
import { cellsOf, contentsOf, filesIn, scratchFolder, tinyPlan } from "../../testing/plans.ts";
import { runCampaign } from "../campaign/campaign.ts";
import type { Plan } from "../plan/plan.ts";
import type { RecordLine } from "../run/transcript.ts";
import { archiveCampaign } from "./archiveCampaign.ts";
import type { CampaignEnvironment } from "./environment.ts";
import { mergeCampaigns } from "./mergeCampaigns.ts";
import { verifyCampaign } from "./verifyCampaign.ts";

const { folder: scratch, remove } = scratchFolder("merge-");
afterAll(remove);
let made = 0;
const newFolder = (): string => join(scratch, String(made++));

const command = "caviar bench --plan tiny";
/** The plan has a pair of equal strategies, so it gets no twin. */
const strategies = [
  { name: "random" },
  { label: "random again", name: "random" },
  { label: "random x2", name: "random", evaluationsPerStep: 2 },
  { name: "sobol" },
];
const plan = tinyPlan({ budget: 5, strategies });
const environment = { runtime: { node: "20.0.0" } } as unknown as CampaignEnvironment;

/** All cells are one shard, which spares the sample of random points that only a report needs. */
async function campaign(of: Plan, shard = "1/1"): Promise<string> {
  const folder = newFolder();
  await runCampaign(of, folder, { command, workers: 1, environment, shard });
  return folder;
}

/** What is the same for a campaign wherever it ran: all but the times. */
function contents(folder: string): unknown {
  return Object.fromEntries(Object.entries(contentsOf(folder)).filter(([path]) => !path.startsWith("times/") && path !== "anchors.json"));
}

async function refusal(out: string, folders: readonly string[]): Promise<CaviarError> {
  return (await mergeCampaigns(plan, out, folders).catch((error: unknown) => error)) as CaviarError;
}

let whole: string;
beforeAll(async () => {
  whole = await campaign(plan);
});

/** A campaign that was interrupted: it has some of the runs of the whole one. */
function part(has: (index: number) => boolean): string {
  const folder = newFolder();
  mkdirSync(folder);
  for (const name of ["campaign.json", "plan.json", "parts.json"]) copyFileSync(join(whole, name), join(folder, name));
  const manifest = JSON.parse(readFileSync(join(whole, "manifest.json"), "utf8")) as object;
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ ...manifest, data: null, sha256: null }));
  const runs = filesIn(whole).filter((name) => name.startsWith("runs/"));
  for (const [index, name] of runs.entries()) if (has(index)) copy(join(whole, name), join(folder, name));
  return folder;
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

describe("a merged campaign", () => {
  it("of any parts in any order, which may overlap, is the folder of the whole campaign", async () => {
    const holders = fc.array(fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1 }), { minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(holders, fc.constantFrom([0, 1, 2], [2, 0, 1], [1, 2, 0]), async (parts, order) => {
        const out = newFolder();
        const folders = order.map((holder) => part((index) => parts[index]!.includes(holder)));
        const report = await mergeCampaigns(plan, out, folders);
        expect(report).toMatchObject({ runs: 16, planned: 16, copied: 16, missing: [] });
        expect(contents(out)).toEqual(contents(whole));
      }),
      { seed: 1, numRuns: 4 },
    );
  });

  it("of four shards has the Merkle root of the campaign in one piece, which is its data hash", async () => {
    const shards = await Promise.all(["1/4", "2/4", "3/4", "4/4"].map((shard) => campaign(plan, shard)));
    const out = newFolder();
    const { root } = await mergeCampaigns(plan, out, shards);
    expect(contents(out)).toEqual(contents(whole));
    const { dataHash } = await runCampaign(plan, whole, { command, workers: 1 });
    expect(dataHash).toBe(root);
    expect((await runCampaign(plan, out, { command, workers: 1 })).runs).toHaveLength(16);
  });

  it("names the runs that are missing, and is complete when the last part comes", async () => {
    const out = newFolder();
    const first = await mergeCampaigns(plan, out, [part((index) => index !== 3)]);
    expect(first).toMatchObject({ runs: 15, copied: 15, missing: [{ problem: "bbob-f8-d5-i{seed}", strategy: "random x2", seed: 2 }] });
    const second = await mergeCampaigns(plan, out, [part((index) => index > 2 && index < 5)]);
    expect(second).toMatchObject({ runs: 16, copied: 1, missing: [] });
    expect(contents(out)).toEqual(contents(whole));
  });

  it("takes runs from an archive", async () => {
    const archived = newFolder();
    cpSync(whole, archived, { recursive: true });
    await archiveCampaign(plan, archived);
    const out = newFolder();
    await mergeCampaigns(plan, out, [archived]);
    expect(contents(out)).toEqual(contents(whole));
  });
});

describe("a shard", () => {
  it("says which one it is, has only its runs, and verifies as a shard", async () => {
    const folder = await campaign(plan, "2/3");
    const runs = filesIn(folder).filter((name) => name.startsWith("runs/"));
    expect(runs).toHaveLength(6);
    expect(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"))).toMatchObject({
      shards: ["2/3"],
      data: { runs: 6, planned: 16 },
    });
    expect(await verifyCampaign(plan, folder)).toMatchObject({ runs: 6, planned: 16, faults: [] });
    rmSync(join(folder, runs[0]!));
    expect((await verifyCampaign(plan, folder)).faults[0]).toMatchObject({ what: join(folder, runs[0]!), got: "no file" });
  });
});

describe("a merge is refused before anything is written", () => {
  test.each<readonly [string, string, () => Promise<string> | string]>([
    ["of a folder without a campaign", "noCampaign", newFolder],
    ["of another plan", "otherPlan", () => campaign(tinyPlan({ budget: 4 }), "1/16")],
    ["of a run that was edited", "corrupt", () => edited((text) => text.replace(/"value":(-?)\d/, '"value":$17'))],
    ["of a different run of the same cell", "differentRuns", different],
  ])("%s", async (_name, code, make) => {
    const out = newFolder();
    const error = await refusal(out, [whole, await make()]);
    expect(error).toMatchObject({ code });
    expect([ConfigError, JournalError].some((one) => error instanceof one)).toBe(true);
    expect(() => filesIn(out)).toThrow("ENOENT");
  });

  function edited(change: (text: string) => string): string {
    const folder = part(() => true);
    const run = join(folder, filesIn(folder).find((name) => name.startsWith("runs/"))!);
    const text = readFileSync(run, "utf8");
    writeFileSync(run, change(text));
    expect(readFileSync(run, "utf8")).not.toBe(text);
    return folder;
  }

  /** As another version of the code, or another machine, might make it. */
  function different(): string {
    const folder = part(() => true);
    const change = (lines: readonly RecordLine[]): readonly RecordLine[] =>
      lines.map((line) => ("x" in line ? { ...line, value: 1 } : line));
    rewriteRecord(folder, plan, cellsOf(plan)[0]!, change);
    return folder;
  }
});
