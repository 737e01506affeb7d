import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { derive, root, type Stream, stream } from "@caviar-hpo/core";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numberAt, numbersIn, rewriteRecord, withNumber } from "../../testing/forgery.ts";
import { cellOf, scratchFolder, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import { runCampaign } from "../campaign/campaign.ts";
import { campaignDisk } from "../campaign/campaignFolder.ts";
import { keepSavedParts, partsName, readSavedParts } from "../parts/savedParts.ts";
import { resolvePlan } from "../plan/cells.ts";
import { hashOf, type Plan } from "../plan/plan.ts";
import { canonicalJson, sha256 } from "../record/canonical.ts";
import { recordPath } from "../record/record.ts";
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
  problems: ["counting-ones-c2-r2", "mf-hartmann3-good"],
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
  // All runs but those of coarseToFine are always made again, because their points do not depend on measurements.
  ["evaluations", points, 30, { half: 24 + 3, usual: 24 + 1 }],
  ["resource", training, 16, { half: 16, usual: 16 }],
] as const)("a campaign that counts %s", (_name, plan, planned, repeated) => {
  let folder: string;
  beforeAll(async () => {
    folder = await campaign(plan);
  });

  it("is sound, however many of its runs are run again", async () => {
    const half = await verifyCampaign(plan, folder, { share: 0.5 });
    expect(half).toMatchObject({ runs: planned, planned, repeated: repeated.half, faults: [] });
    expect(half.recomputed).toBe(half.measurements);
    expect(half.root).toBe(readManifest(disk, folder)!.data!.root);
    expect(await verifyCampaign(plan, folder)).toEqual({ ...half, repeated: repeated.usual });
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

it("runs of another version of a strategy are not made again, and the verification says so", async () => {
  const folder = await campaign(points);
  setVersion(folder, "random", 99);
  const verification = await verifyCampaign(points, folder, { share: 1 });
  const ofRandom = [...resolvePlan(points).cells].filter(({ name }) => name.strategy === "random").length;
  expect(verification).toMatchObject({ faults: [], otherVersions: [{ strategy: "random", made: 99, here: 1001 }] });
  expect(verification.repeated).toBe(verification.runs - ofRandom);
});

it("a campaign is not continued with another version of a strategy, and its report names the version that made the runs", async () => {
  const folder = await campaign(points);
  setVersion(folder, "random", 99);
  const { strategies } = await runCampaign(points, folder, { command, workers: 1, shard: "1/1" });
  expect(strategies.find(({ label }) => label === "random")!.version).toBe(99);
  rmSync(recordPath(folder, cellOf(points, "random", "branin").name));
  await expect(runCampaign(points, folder, { command, workers: 1, shard: "1/1" })).rejects.toMatchObject({
    code: "otherParts",
    expected: "what it was when the campaign began: version 99",
    got: "version 1001",
  });
});

function setVersion(folder: string, label: string, version: number): void {
  const parts = readSavedParts(disk, folder)!;
  rmSync(join(folder, partsName));
  keepSavedParts(disk, folder, { ...parts, versions: { ...parts.versions, [label]: version } }, true);
}

type Lines = readonly RecordLine[];
const swapped = (lines: Lines): Lines => [...lines.slice(0, -2), lines.at(-1)!, lines.at(-2)!];
const copied = (lines: Lines): Lines => [...lines.slice(0, -1), lines.at(-2)!];
const dropped = (lines: Lines): Lines => [...lines.slice(0, -2), lines.at(-1)!];
const kept = (lines: Lines): Lines => [...lines.slice(0, -1), [...lines].sort((a, b) => valueIn(a) - valueIn(b))[0]!];
const valueIn = (line: RecordLine): number => ("value" in line ? line.value : Infinity);

it.each([
  ["random", "the last two points in the other order", swapped],
  ["sobol", "a point twice and another left out", copied],
  ["random x2", "the last point replaced by the best", kept],
  ["random", "a point left out and one fewer counted", dropped],
])("values are right but the points are others, and all hashes are made again: %s, with %s, is found", async (strategy, _what, change) => {
  const plan = tinyPlan({ seeds: { count: 1 }, noise: null, problems: ["branin"] });
  const folder = await campaign(plan);
  const path = rewriteRecord(folder, plan, cellOf(plan, strategy, "branin"), change);
  sealAgain(folder, plan);
  const { faults } = await verifyCampaign(plan, folder, { share: 0 });
  expect(whatIn(faults).map((what) => what.split(", line ")[0])).toEqual([path]);
});

it("a configuration that the problem does not have is a fault of its line, and no error of the verification", async () => {
  const folder = await campaign(training);
  const cell = cellOf(training, "random", "counting-ones-c2-r2");
  rewriteRecord(folder, training, cell, (lines) => lines.map((line) => ("config" in line ? { ...line, config: { c1: "?" } } : line)));
  const { faults } = await verifyCampaign(training, folder);
  expect(faults[0]).toMatchObject({ what: `${recordPath(folder, cell.name)}, line 2`, expected: expect.stringContaining("c1") as string });
});

describe("a verification finds", () => {
  const plan = tinyPlan({ budget: 6, noise: null, problems: ["branin"] });
  let folder: string;
  beforeAll(async () => {
    folder = join(scratch, "whole");
    await runCampaign(plan, folder, { command, workers: 1 });
  });

  const cell = cellOf(plan, "sobol", "branin");
  const run = join("runs", "branin", "sobol", "1.jsonl");
  const edit = (path: string, change: (text: string) => string): void => {
    const text = readFileSync(path, "utf8");
    const changed = change(text);
    expect(changed).not.toBe(text);
    writeFileSync(path, changed);
  };

  it.each<readonly [string, string, (folder: string) => unknown]>([
    ["a run that is missing", run, (at) => rmSync(join(at, run))],
    ["a run without its end", run, (at) => edit(join(at, run), (text) => text.split("\n").slice(0, -2).join("\n"))],
    ["a run of another cell", run, (at) => cpSync(join(at, "runs", "branin", "sobol", "2.jsonl"), join(at, run))],
    [
      "a run that the plan does not have",
      join("runs", "branin", "sobol", "3.jsonl"),
      (at) => cpSync(join(at, run), join(at, "runs/branin/sobol/3.jsonl")),
    ],
    [
      "a strategy that the plan does not have",
      join("runs", "branin", "best"),
      (at) => cpSync(join(at, "runs/branin/sobol"), join(at, "runs/branin/best"), { recursive: true }),
    ],
    ["more evaluations than the budget", run, (at) => rewriteRecord(at, plan, cell, (lines) => [...lines, lines[0]!])],
    ["a run that ended early for no reason", run, (at) => rewriteRecord(at, plan, cell, (lines) => lines.slice(0, -1))],
    [
      "a point outside the box",
      run,
      (at) => rewriteRecord(at, plan, cell, (lines) => lines.map((line, index) => (index === 4 ? { ...line, x: [99, 0] } : line))),
    ],
    [
      "another initial design with its right values",
      run,
      (at) => rewriteRecord(at, plan, cell, (lines) => [lines[1]!, lines[0]!, ...lines.slice(2)]),
    ],
    [
      "a point that the strategy did not choose, with its right value",
      run,
      (at) => rewriteRecord(at, plan, cell, (lines) => [...lines.slice(0, 5), lines[4]!]),
    ],
    [
      "a manifest with another hash of a file",
      "manifest.json, runs/branin/sobol/1.jsonl",
      (at) => edit(join(at, "manifest.json"), (text) => text.replace(/(sobol\/1.jsonl": ")./, "$1x")),
    ],
    [
      "a manifest with another root",
      "manifest.json, root",
      (at) => edit(join(at, "manifest.json"), (text) => text.replace(/("root": ")./, "$1x")),
    ],
    [
      "a manifest with another hash of itself",
      "manifest.json, sha256",
      (at) => edit(join(at, "manifest.json"), (text) => text.replace(/("sha256": ")./, "$1x")),
    ],
    ["no manifest", "manifest.json", (at) => rmSync(join(at, "manifest.json"))],
    ["a manifest that is no JSON", "manifest.json", (at) => writeFileSync(join(at, "manifest.json"), "{")],
    ["another plan", "campaign", (at) => edit(join(at, "campaign.json"), (text) => text.replace(/("planHash": ")./, "$1x"))],
    [
      "results of other runs",
      "results.json, dataHash",
      (at) => writeFileSync(join(at, "results.json"), JSON.stringify({ planHash: hashOf(plan), dataHash: "x" })),
    ],
    ["a forged anchor with its right hash", "anchors.json, branin, seed 1", (at) => edit(join(at, "anchors.json"), withForgedAnchor)],
  ])("%s", async (_name, where, change) => {
    const copy = join(scratch, `copy-${made++}`);
    cpSync(folder, copy, { recursive: true });
    change(copy);
    const { faults } = await verifyCampaign(plan, copy, { share: 1 });
    expect(
      whatIn(faults)
        .map((what) => what.replace(`${copy}/`, ""))
        .join("\n"),
    ).toContain(where);
  });
});

function withForgedAnchor(text: string): string {
  const saved = JSON.parse(text) as { readonly anchors: { readonly branin: { readonly [seed: string]: { readonly median: number } } } };
  const { branin } = saved.anchors;
  const anchors = { branin: { ...branin, 1: { ...branin[1]!, median: branin[1]!.median + 1 } } };
  return JSON.stringify({ ...saved, anchors, sha256: sha256(canonicalJson(anchors)) });
}

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

/** A configuration of counting ones keeps its value if one of its probabilities changes by little. */
function isForged(line: RecordLine, key: string | number | undefined): boolean {
  if (key === "config" && "config" in line) return !Object.hasOwn(line.config, "c1");
  return ["x", "value", "told", "resource", "from"].includes(String(key));
}
