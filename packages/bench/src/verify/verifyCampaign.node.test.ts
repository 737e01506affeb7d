import { cpSync } from "node:fs";
import { join } from "node:path";
import { derive, root, type Stream, stream } from "@caviar-hpo/core";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numberAt, numbersIn, rewriteRecord, withNumber } from "../../testing/forgery.ts";
import { scratchFolder, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import { runCampaign } from "../campaign/campaign.ts";
import { campaignDisk } from "../campaign/campaignFolder.ts";
import { resolvePlan } from "../plan/cells.ts";
import { hashOf, type Plan } from "../plan/plan.ts";
import type { RecordLine } from "../run/transcript.ts";
import type { CampaignFault } from "./checkRuns.ts";
import { dataIn, manifestOf, readManifest, writeManifest } from "./manifest.ts";
import { verifyCampaign } from "./verifyCampaign.ts";

const disk = campaignDisk(nodeDisk);
const { folder: scratch, remove } = scratchFolder("verify-");
afterAll(remove);

const command = "caviar bench --plan tiny";
/** With noise, so that what strategies are told differs from the values. */
const points = tinyPlan({ seeds: { count: 3 } });
const training = tinyTrainingPlan({
  strategies: [{ name: "random" }, { label: "random x2", name: "random", evaluationsPerStep: 2 }, { name: "asha" }],
  problems: ["curves-diverging-branin", "mf-hartmann3-good"],
});

/** An honest campaign in a new folder. All cells are one shard, which spares the sample of random points that only a report needs. */
async function campaign(plan: Plan): Promise<string> {
  const folder = join(scratch, `campaign-${made++}`);
  await runCampaign(plan, folder, { command, workers: 1, shard: "1/1" });
  return folder;
}
let made = 0;

const whatIn = (faults: readonly CampaignFault[]): readonly string[] => faults.map(({ what }) => what);

describe.each([
  ["evaluations", points, 30],
  ["resource", training, 16],
] as const)("a campaign that counts %s", (_name, plan, planned) => {
  let folder: string;
  beforeAll(async () => {
    folder = await campaign(plan);
  });

  it("is sound, however many of its runs are run again", async () => {
    const half = await verifyCampaign(plan, folder, { share: 0.5 });
    expect(half).toMatchObject({ runs: planned, planned, repeated: planned / 2, faults: [] });
    expect(half.recomputed).toBe(half.measurements);
    expect(half.root).toBe(readManifest(disk, folder)!.data!.root);
    expect(await verifyCampaign(plan, folder)).toEqual({ ...half, repeated: 1 });
  });

  it("has every forged number found in whichever run it is, though all hashes are right, and no other run accused", async () => {
    const source = stream(derive(root("forgery"), plan.name));
    const cells = [...resolvePlan(plan).cells];
    let forgeries = 0;
    for (let round = 0; round * planned < 120; round++) {
      const copy = join(scratch, `copy-${plan.name}-${round}`);
      cpSync(folder, copy, { recursive: true });
      const victims = cells.filter((_, index) => index % 6 !== round % 6);
      const paths = victims.map((cell) => rewriteRecord(copy, plan, cell, (lines) => forged(lines, source)));
      sealAgain(copy, plan);
      const { faults } = await verifyCampaign(plan, copy, { share: 0 });
      expect([...new Set(whatIn(faults).map((what) => what.split(", line ")[0]!))].sort()).toEqual([...paths].sort());
      forgeries += paths.length;
    }
    expect(forgeries).toBeGreaterThanOrEqual(100);
  });
});

/** The manifest says what is there now. */
function sealAgain(folder: string, plan: Plan): void {
  const data = dataIn(disk, folder, resolvePlan(plan).cells, hashOf(plan));
  writeManifest(disk, folder, manifestOf(data, readManifest(disk, folder)!));
}

/** One number of one line is another one: a coordinate, a value, what the strategy heard, or a resource. */
function forged(lines: readonly RecordLine[], { uniform }: Stream): readonly RecordLine[] {
  const places = lines.flatMap((line, index) =>
    numbersIn(line)
      .filter(([key]) => isForged(line, key))
      .map((place) => ({ index, place })),
  );
  const { index, place } = places[Math.floor(uniform() * places.length)]!;
  const number = numberAt(lines[index], place);
  const other = Number.isFinite(number) ? number * (1 + 10 ** (-1 - 8 * uniform())) || uniform() : uniform();
  return lines.map((line, at) => (at === index ? withNumber(line, place, other) : line));
}

/** A configuration that diverges has no value that its numbers could change. */
function isForged(line: RecordLine, key: string | number | undefined): boolean {
  if (key === "config" && "config" in line) return Number.isFinite(line.told);
  return ["x", "value", "told", "resource", "from"].includes(String(key));
}
