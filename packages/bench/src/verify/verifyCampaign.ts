/** Verifying a campaign: nothing in its folder is believed that can be computed again. Nothing is written. */
import { between, func, optionReader, string } from "@caviar-hpo/core/read";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import type { Arena } from "../arena/arena.ts";
import { type LoadedTasks, loadTasks, openArena } from "../arena/arenas.ts";
import { campaignDisk, checkPlan, refuseFormat1 } from "../campaign/campaignFolder.ts";
import type { PartsAtHand } from "../parts/partsAtHand.ts";
import { prepareParts } from "../parts/readyParts.ts";
import { readSavedParts } from "../parts/savedParts.ts";
import { type CampaignCell, type CampaignCells, resolvePlan } from "../plan/cells.ts";
import type { Plan } from "../plan/plan.ts";
import { cellsOfShard, readShard } from "../plan/shard.ts";
import { withArchive } from "./archiveDisk.ts";
import { anchorFaults, manifestFaults, resultsFaults } from "./checkFiles.ts";
import { type CampaignFault, type CheckedRuns, checkRuns, faultless, repeatRun, strangers, type VerifiedFolder } from "./checkRuns.ts";
import { readManifest } from "./manifest.ts";
import { type OtherVersion, otherVersions } from "./otherVersions.ts";
import { drawn } from "./repeat.ts";

export type VerifyCampaignOptions = {
  /**
   * The share, from 0 to 1, of the other runs that are run again besides those that always are. 0.02 by default; at least one run, unless
   * it is 0.
   */
  readonly share?: number;
  /**
   * The folder of the plan, if the modules and programs that the plan names may be run, with paths from that folder. By default no code of
   * a plan is run. Then the values of problems from outside are not computed again, and runs of strategies from outside are not repeated.
   */
  readonly codeFrom?: string;
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
  /** The runs of which something can only be confirmed with code of the plan that may not be run. */
  readonly unchecked: number;
  /** The strategies of which other versions made the runs. Their values were checked, and their decisions were not. */
  readonly otherVersions: readonly OtherVersion[];
  /** The Merkle root over the end hashes of the runs: the data hash of the campaign. */
  readonly root: string;
  /** None if the campaign is sound. */
  readonly faults: readonly CampaignFault[];
};

const readVerifyOptions = optionReader<VerifyCampaignOptions>("verifyCampaign", {
  share: between(0, 1),
  codeFrom: string,
  onProgress: func,
});

/**
 * Verifies the campaign in a folder:
 *
 * - every run of the plan is there once and has ended, its chain and its hash hold, and there is no other run;
 * - every value of a formula comes out again from its point, noise included, in every bit;
 * - no run has spent more than its budget, and its costs follow from its lines;
 * - runs come out again from their strategies: those whose costs do not follow from their lines; those on formulas and tables whose
 *   strategies choose points without regard to measurements, such as random search and Hyperband; and a random part of the others.
 *   Runs of other versions of a strategy are not made again;
 * - the manifest, the results and the anchors are those of the runs.
 *
 * @throws ConfigError for an unknown option, for a plan that names an unknown strategy, option or problem, for code that does not exist,
 * and "oldFormat" for a campaign of format 1. JournalError "diskFailed".
 */
export async function verifyCampaign(plan: Plan, folder: string, options: VerifyCampaignOptions = {}): Promise<CampaignVerification> {
  const { share = 0.02, codeFrom = null, onProgress = () => {} } = readVerifyOptions(options);
  const disk = campaignDisk(nodeDisk);
  const faults: CampaignFault[] = [];
  const saved = faultless(faults, () => readSavedParts(disk, folder)) ?? null;
  faultless(faults, () => refuseFormat1(disk, folder, "verified"));
  const campaign = resolvePlan(plan, { codeFrom });
  const tasks = await loadTasks(campaign.taskNames);
  const { parts, close } = await prepareParts(campaign, saved);
  try {
    const { facts, cells } = campaign;
    faultless(faults, () => checkPlan(disk, folder, facts.planHash));
    const archived = faultless(faults, () => withArchive(disk, folder)) ?? disk;
    const arenaOf = arenaOpener(tasks, parts);
    const others = otherVersions(campaign.strategies, arenaOf(cells.at(0)).problem, parts);
    const site = { disk: archived, folder, planHash: facts.planHash, cells, arenaOf, tasks, parts, otherVersions: others };
    return verified(site, faults, share, onProgress);
  } finally {
    close();
  }
}

/** @param before what was found before the runs were looked at. */
function verified(
  site: VerifiedFolder,
  before: readonly CampaignFault[],
  share: number,
  onProgress: NonNullable<VerifyCampaignOptions["onProgress"]>,
): CampaignVerification {
  const { disk, folder, cells } = site;
  const faults = [...before];
  const manifest = faultless(faults, () => readManifest(disk, folder));
  const isExpected = expectedIn(cells, manifest?.shards ?? []);
  const checked = checkRuns(site, isExpected, (done) => onProgress({ done, total: cells.count + Math.ceil(share * cells.count) }));
  const again = runsToRepeat(checked, share);
  faults.push(...strangers(site), ...checked.faults);
  for (const [count, index] of again.entries()) {
    faults.push(...repeatRun(site, index));
    onProgress({ done: cells.count + count + 1, total: cells.count + again.length });
  }
  if (manifest !== undefined) faults.push(...manifestFaults(manifest, checked.data));
  faults.push(...resultsFaults(site, checked.data), ...anchorFaults(site));
  const { data, measurements, recomputed, unchecked } = checked;
  const { runs, planned, root } = data;
  return { runs, planned, measurements, recomputed, repeated: again.length, unchecked, otherVersions: site.otherVersions, root, faults };
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
function runsToRepeat({ repeatable, always, data }: CheckedRuns, share: number): readonly number[] {
  const isAlways = new Set(always);
  const others = repeatable.filter((index) => !isAlways.has(index));
  const random = drawn(data.root, others.length, Math.ceil(share * others.length));
  return [...always, ...others.filter((_, place) => random.has(place))].sort((a, b) => a - b);
}
