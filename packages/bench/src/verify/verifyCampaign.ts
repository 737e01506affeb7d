/** Verifying a campaign: nothing in its folder is believed that can be computed again. Nothing is written. */
import { between, func, optionReader } from "@caviar-hpo/core/read";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import type { Arena } from "../arena/arena.ts";
import { type LoadedTasks, loadTasks, openArena } from "../arena/arenas.ts";
import { campaignDisk, checkPlan } from "../campaign/campaignFolder.ts";
import { noParts, type PartsAtHand } from "../parts/partsAtHand.ts";
import { readSavedParts } from "../parts/savedParts.ts";
import { type CampaignCell, type CampaignCells, resolvePlan } from "../plan/cells.ts";
import type { Plan } from "../plan/plan.ts";
import { cellsOfShard, readShard } from "../plan/shard.ts";
import { canonicalJson, sha256 } from "../record/canonical.ts";
import { withArchive } from "./archiveDisk.ts";
import { type CampaignFault, type CheckedRuns, checkRuns, faultless, repeatRun, strangers, type VerifiedFolder } from "./checkRuns.ts";
import { type Manifest, type ManifestData, manifestName, readManifest } from "./manifest.ts";
import { drawn } from "./repeat.ts";

export type VerifyCampaignOptions = {
  /** The share of the runs that are run again, from 0 to 1. 0.02 by default; at least one run, unless it is 0. */
  readonly share?: number;
  /** Called when a run was checked or run again. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
};

/** What a verification found. */
export type CampaignVerification = {
  /** The runs that are there and have ended, and those of the plan. */
  readonly runs: number;
  readonly planned: number;
  readonly measurements: number;
  /** Measurements whose values were computed again. Those of trained networks are computed again with their whole runs only. */
  readonly recomputed: number;
  /** The runs that were run again. */
  readonly repeated: number;
  /** The Merkle root over the end hashes of the runs: the data hash of the campaign. */
  readonly root: string;
  /** None if the campaign is sound. */
  readonly faults: readonly CampaignFault[];
};

const readVerifyOptions = optionReader<VerifyCampaignOptions>("verifyCampaign", { share: between(0, 1), onProgress: func });

/**
 * Verifies the campaign in a folder:
 *
 * - every run of the plan is there once and has ended, its chain and its hash hold, and there is no other run;
 * - every value of a formula comes out again from its point, noise included, in every bit;
 * - no run has spent more than its budget, and its costs follow from its lines;
 * - a random part of the runs, and those whose costs do not follow from their lines, come out again from their strategies;
 * - the manifest says what is there.
 *
 * @throws ConfigError for an unknown option, and for a plan that names an unknown strategy, option or problem. JournalError "diskFailed".
 */
export async function verifyCampaign(plan: Plan, folder: string, options: VerifyCampaignOptions = {}): Promise<CampaignVerification> {
  const { share = 0.02, onProgress = () => {} } = readVerifyOptions(options);
  const { facts, cells, taskNames } = resolvePlan(plan);
  const { planHash } = facts;
  const tasks = await loadTasks(taskNames);
  const plainDisk = campaignDisk(nodeDisk);
  const faults: CampaignFault[] = [];
  faultless(faults, () => checkPlan(plainDisk, folder, planHash));
  const disk = faultless(faults, () => withArchive(plainDisk, folder)) ?? plainDisk;
  const site: VerifiedFolder = {
    disk,
    folder,
    planHash,
    cells,
    arenaOf: arenaOpener(tasks, { ...noParts, saved: readSavedParts(plainDisk, folder) }),
  };
  const manifest = faultless(faults, () => readManifest(disk, folder));
  const drawnRuns = Math.ceil(share * cells.count);
  const checked = checkRuns(site, expectedIn(cells, manifest?.shards ?? []), (done) =>
    onProgress({ done, total: cells.count + drawnRuns }),
  );
  const again = runsToRepeat(checked, drawnRuns);
  faults.push(...strangers(site), ...checked.faults);
  for (const [count, index] of again.entries()) {
    faults.push(...repeatRun(site, index));
    onProgress({ done: cells.count + count + 1, total: cells.count + again.length });
  }
  if (manifest !== undefined) faults.push(...manifestFaults(manifest, checked.data));
  const { data, measurements, recomputed } = checked;
  return { runs: data.runs, planned: data.planned, measurements, recomputed, repeated: again.length, root: data.root, faults };
}

/** Consecutive cells of one problem and seed share the arena. */
function arenaOpener(tasks: LoadedTasks, parts: PartsAtHand): (cell: CampaignCell) => Arena {
  let arena: Arena | null = null;
  let current = "";
  return (cell) => {
    const facing = `${cell.arena.problem} ${cell.arena.seed}`;
    if (arena === null || facing !== current) arena = openArena(cell.arena, tasks, parts);
    current = facing;
    return arena;
  };
}

/** Whether a cell should have a run in the folder: all of a whole campaign, and those of the shards that were run there. */
function expectedIn(cells: CampaignCells, shards: readonly string[]): (index: number) => boolean {
  const parts = shards.map((shard) => cellsOfShard(cells, readShard(shard)));
  return (index) => parts.length === 0 || parts.some((part) => part.indexOf(cells.at(index).name) >= 0);
}

/** Places in the order of the plan. */
function runsToRepeat({ ended, doubtful, data }: CheckedRuns, count: number): readonly number[] {
  const random = drawn(data.root, ended.length, count);
  const chosen = new Set([...doubtful, ...ended.filter((_, index) => random.has(index))]);
  return [...chosen].sort((a, b) => a - b);
}

function manifestFaults(manifest: Manifest | null, found: ManifestData): readonly CampaignFault[] {
  const what = manifestName;
  if (manifest === null) return [{ what, expected: "a manifest", got: "no file" }];
  if (manifest.data === null) return [{ what, expected: "the data of a campaign that has ended", got: "none" }];
  const expected = sha256(canonicalJson(manifest.data));
  const own = manifest.sha256 === expected ? [] : [{ what: `${what}, sha256`, expected, got: String(manifest.sha256) }];
  return [...own, ...differences(found, manifest.data)];
}

/** Each file and each number on which what is there and what the manifest says differ. */
function differences(found: ManifestData, said: ManifestData): readonly CampaignFault[] {
  const names = (["plan", "runs", "planned", "root"] as const).filter((name) => found[name] !== said[name]);
  const paths = [...new Set([...Object.keys(found.files), ...Object.keys(said.files)])].filter(
    (path) => found.files[path] !== said.files[path],
  );
  return [
    ...names.map((name) => ({ what: `${manifestName}, ${name}`, expected: String(found[name]), got: String(said[name]) })),
    ...paths.map((path) => ({
      what: `${manifestName}, ${path}`,
      expected: found.files[path] ?? "no such file",
      got: said.files[path] ?? "nothing",
    })),
  ];
}
