/** Merging campaigns: the runs that several folders have of one plan come together in one folder. No run is made, and no code is loaded. */
import { Buffer } from "node:buffer";
import { dirname } from "node:path";
import { ConfigError, JournalError } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { show } from "@caviar-hpo/core/text";
import { type Disk, nodeDisk, replaceFile, thisMachine } from "@caviar-hpo/runtime/disk";
import { campaignDisk, checkPlan, lockCampaign, readHead, refuseFormat1, writeHead } from "../campaign/campaignFolder.ts";
import { keepSavedParts, readSavedParts, type SavedParts } from "../parts/savedParts.ts";
import { type CampaignCells, type CellName, resolvePlan } from "../plan/cells.ts";
import type { Plan } from "../plan/plan.ts";
import { headOf, readRecord, recordPath } from "../record/record.ts";
import { timesPath } from "../run/cellTimes.ts";
import { recordedCells } from "../run/keptRecords.ts";
import { withArchive } from "./archiveDisk.ts";
import { dataIn, manifestOf, readManifest, union, writeManifest } from "./manifest.ts";

/** What a merged folder holds. */
export type MergeReport = {
  /** The runs that have ended, and those of the plan. */
  readonly runs: number;
  readonly planned: number;
  /** The runs that came from other folders. */
  readonly copied: number;
  readonly missing: readonly CellName[];
  /** The data hash of what is there. */
  readonly root: string;
};

type MergeSource = { readonly disk: Disk; readonly folder: string };
/** The places of the finished runs of each source, with their hashes. */
type Held = ReadonlyMap<number, { readonly source: MergeSource; readonly hash: string }>;

/**
 * Copies every finished run that one of the folders has, after checking all of them. The result does not depend on the order of the
 * folders. Runs that have not ended are left where they are.
 *
 * @param out is made if it is not there. It may hold runs of the same plan.
 * @throws ConfigError for a folder without a campaign, "oldFormat" for one of format 1, and "otherParts" for other versions, or other code
 * from outside. JournalError "otherPlan" for the folder of another plan, "corrupt" for a damaged record, "differentRuns" if two folders
 * have different runs of one cell. Nothing is written in these cases. StateError "campaignLocked".
 */
export async function mergeCampaigns(plan: Plan, out: string, folders: readonly string[]): Promise<MergeReport> {
  const { cells, facts } = resolvePlan(plan);
  const { planHash } = facts;
  const disk = campaignDisk(nodeDisk);
  const heads = folders.map((folder) => readHead(disk, folder) ?? noCampaign(folder));
  for (const folder of [out, ...folders]) {
    refuseFormat1(disk, folder, "merged");
    checkPlan(disk, folder, planHash);
  }
  const sources = [out, ...folders].map((folder) => ({ disk: withArchive(disk, folder), folder }));
  const parts = sharedParts(sources);
  const held = heldBy(sources, cells, planHash);
  const lock = await lockCampaign(disk, out, thisMachine());
  try {
    const own = readHead(disk, out);
    const [command] = union(heads.map((head) => head.command));
    const authors = union(...heads.map((head) => head.authors ?? []));
    const [day] = union(heads.flatMap((head) => head.day ?? []));
    if (parts !== undefined) keepSavedParts(disk, out, parts, true);
    writeHead(
      disk,
      out,
      plan,
      own ?? { command: command!, planHash, ...(authors.length > 0 && { authors }), ...(day !== undefined && { day }) },
    );
    const target = sources[0]!;
    const copied = copyRuns(target, held, cells);
    const manifests = sources.map((source) => readManifest(disk, source.folder)).filter((manifest) => manifest !== null);
    const data = dataIn(withArchive(disk, out), out, cells, planHash);
    const shards = union(...manifests.map((manifest) => manifest.shards));
    const environments = union(...manifests.map((manifest) => manifest.environments));
    writeManifest(disk, out, manifestOf(data, { shards, environments }));
    return { runs: data.runs, planned: data.planned, copied, missing: missingIn(held, cells), root: data.root };
  } finally {
    lock.release();
  }
}

/** What the folders say of versions and of parts from outside; undefined if they have no runs. */
function sharedParts(sources: readonly MergeSource[]): SavedParts | undefined {
  const found = sources.map(({ disk, folder }) => ({ folder, parts: readSavedParts(disk, folder) })).filter(({ parts }) => parts !== null);
  const other = found.find(({ parts }) => !sameJson(parts, found[0]!.parts));
  if (other !== undefined) otherParts(found[0]!.folder, other.folder);
  return found[0]?.parts ?? undefined;
}

/** Every run is read and checked. A run that several sources have is taken from the first of them. */
function heldBy(sources: readonly MergeSource[], cells: CampaignCells, planHash: string): Held {
  const held = new Map<number, { readonly source: MergeSource; readonly hash: string }>();
  for (const source of sources) {
    for (const index of recordedCells(source.disk, cells, source.folder)) {
      const { name } = cells.at(index);
      const hash = readRecord(source.disk, recordPath(source.folder, name), headOf(planHash, name))?.end?.hash;
      if (hash === undefined) continue;
      const earlier = held.get(index);
      if (earlier === undefined) held.set(index, { source, hash });
      else if (earlier.hash !== hash) differentRuns(name, earlier.source.folder, source.folder);
    }
  }
  return held;
}

function copyRuns(target: MergeSource, held: Held, cells: CampaignCells): number {
  let copied = 0;
  for (const [index, { source }] of held) {
    if (source === target) continue;
    const { name } = cells.at(index);
    for (const path of [recordPath, timesPath]) copyFile(source, path(source.folder, name), target, path(target.folder, name));
    copied++;
  }
  return copied;
}

/** Nothing happens if there is no such file. */
function copyFile(source: MergeSource, from: string, target: MergeSource, to: string): void {
  const size = source.disk.size(from);
  if (size === null) return;
  target.disk.makeFolder(dirname(to));
  replaceFile(target.disk, to, Buffer.from(source.disk.read(from, 0, size)));
}

function missingIn(held: Held, cells: CampaignCells): readonly CellName[] {
  const missing: CellName[] = [];
  for (let index = 0; index < cells.count; index++) if (!held.has(index)) missing.push(cells.at(index).name);
  return missing;
}

function noCampaign(folder: string): never {
  throw new ConfigError({
    code: "noCampaign",
    what: "merge",
    expected: "folders of campaigns",
    got: `${show(folder)}, which has no campaign.json`,
    remedy: "Name folders that caviar bench wrote.",
  });
}

function otherParts(one: string, another: string): never {
  throw new ConfigError({
    code: "otherParts",
    what: "merge",
    expected: "folders that were made with the same versions of strategies, and the same code from outside",
    got: `other versions or files in ${show(one)} than in ${show(another)}`,
    remedy: "Run the shards with the same files and versions.",
  });
}

function differentRuns({ problem, strategy, seed }: CellName, one: string, another: string): never {
  throw new JournalError({
    code: "differentRuns",
    what: `${problem}, ${strategy}, seed ${seed}`,
    expected: "the same run in all folders",
    got: `different ones in ${show(one)} and ${show(another)}`,
    remedy: "Verify both folders with caviar verify, and leave out the one that is wrong.",
  });
}
