/**
 * A campaign: all runs of a plan. The runs are recorded in a folder. A campaign continues where an earlier attempt stopped, and gathers the
 * runs into results.
 */
import { type Card, ConfigError, type Notice, type OnNotice } from "@caviar-hpo/core";
import { anything, boolean, func, optionReader, string } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import type { CampaignResults, Schedule } from "@caviar-hpo/report";
import { nodeDisk, type Seams, thisMachine } from "@caviar-hpo/runtime/disk";
import type { ArenaSpec } from "../arena/arenaSpec.ts";
import { type LoadedTasks, loadTasks, openArena } from "../arena/arenas.ts";
import type { ProblemPart } from "../parts/part.ts";
import { notAllowed, type PartsAtHand } from "../parts/partsAtHand.ts";
import { prepareParts, type ReadyParts } from "../parts/readyParts.ts";
import { keepSavedParts, readSavedParts, type SavedParts } from "../parts/savedParts.ts";
import { type CampaignCells, type ResolvedCampaign, type ResolvedStrategy, resolvePlan } from "../plan/cells.ts";
import type { Plan } from "../plan/plan.ts";
import { cellsOfShard, readShard } from "../plan/shard.ts";
import { sha256 } from "../record/canonical.ts";
import { type CellOutcome, runResult } from "../run/cellOutcome.ts";
import { hasThreads, usualWorkers } from "../run/cellWorker.ts";
import { type KeptRecords, readKept, withoutFailed } from "../run/keptRecords.ts";
import { type CellSeams, clockMs } from "../run/runCell.ts";
import { type CampaignProgress, runCells } from "../run/runCells.ts";
import { withArchive } from "../verify/archiveDisk.ts";
import type { CampaignEnvironment } from "../verify/environment.ts";
import { dataIn, manifestOf, openManifest, writeManifest } from "../verify/manifest.ts";
import { merkleRoot } from "../verify/merkle.ts";
import { type AnchoredSpec, type AnchorFacts, anchorsIn } from "./anchors.ts";
import { fewEvaluations, partsToSave, problemFacts, schedulesOf, strategyCard } from "./campaignCards.ts";
import { campaignDisk, checkPlan, clearRuns, isOfFormat1, lockCampaign, lockChecker, writeHead } from "./campaignFolder.ts";
import { failedRuns, oneWorker, tornRecords } from "./notices.ts";

export type CampaignOptions = {
  /** Whether to delete the runs that are in the folder. false by default. */
  readonly fresh?: boolean;
  /** Whether to run those again that have failed. false by default: a failed run has a record like any other. */
  readonly retryFailed?: boolean;
  /**
   * How many runs happen at a time: a whole number from 1 to 256. Each run has its own thread; with 1, it runs in the caller's thread. No
   * result, record or hash depends on this number. By default the number of cores, but at most 8. It is 1 if there are no threads, that is,
   * if the sources run uncompiled or bundled into one file. It is also 1 if a strategy comes from `cards`, because code cannot be sent to a
   * thread.
   */
  readonly workers?: number;
  /**
   * Runs only a part of the cells, such as "3/16": the third of sixteen shards. The results have the runs of this shard alone. All cells by
   * default.
   */
  readonly shard?: string;
  /** Where the runs are computed, for the manifest. Left out by default. */
  readonly environment?: CampaignEnvironment;
  /** Strategies from outside, which the plan may name like the shipped ones. None by default. */
  readonly cards?: readonly Card[];
  /**
   * The folder of the plan. The campaign then loads the modules and starts the programs that the plan names, with paths from that folder.
   * By default it runs no code of a plan: it refuses a plan that names any.
   */
  readonly codeFrom?: string;
  /** Called before the first run with the schedules that strategies announce. */
  readonly onSchedules?: (schedules: readonly Schedule[]) => void;
  readonly onProgress?: (progress: CampaignProgress) => void;
  /**
   * Called once for each notice: before the first run for damaged last lines of records and for runs that cannot share the machine, and in
   * the end if runs have failed.
   */
  readonly onNotice?: OnNotice;
  /** The command that repeats the campaign, for the report. */
  readonly command: string;
};

const readCampaignOptions = optionReader<CampaignOptions>("runCampaign", {
  fresh: boolean,
  retryFailed: boolean,
  workers: anything,
  shard: string,
  environment: anything,
  cards: anything,
  codeFrom: string,
  onSchedules: func,
  onProgress: func,
  onNotice: func,
  command: string,
});

/**
 * Runs the cells that are missing, and gathers all results. What a strategy or a problem throws is a failure of its run: it is recorded,
 * and the campaign continues.
 *
 * @param folder holds the records; an earlier attempt continues there.
 * @throws ConfigError for an unknown option, and if the plan names an unknown strategy, option or problem; nothing is written in this case.
 * StateError "campaignLocked" if another process runs a campaign in the folder. JournalError "otherPlan" for the folder of another plan,
 * "corrupt" for damaged records, "oldFormat" for an unfinished campaign of format 1, "diverged" if a run asks for something else than was
 * recorded, "diskFailed" for errors of the disk. The runs that are under way finish first, and the folder can be continued.
 */
export function runCampaign(plan: Plan, folder: string, options: CampaignOptions): Promise<CampaignResults> {
  return runCampaignOn({ disk: nodeDisk, machine: thisMachine(), clockMs }, plan, folder, options);
}

/** What a campaign stands on. Tests replace it. Threads have their own, so with other seams a campaign needs `workers` 1. */
export type CampaignSeams = Seams & Pick<CellSeams, "clockMs">;

/** As `runCampaign`, on another disk or machine. */
export async function runCampaignOn(seams: CampaignSeams, plan: Plan, folder: string, options: CampaignOptions): Promise<CampaignResults> {
  const given = readCampaignOptions(options);
  const old = given.fresh !== true && isOfFormat1(campaignDisk(seams.disk), folder);
  const campaign = resolvePlan(plan, { ...given, control: !old });
  const saved = campaign.isClosed ? readSavedParts(campaignDisk(seams.disk), folder) : null;
  const ready = await prepareParts(campaign, saved);
  try {
    return await runReady(seams, { plan, campaign, ready, folder }, given);
  } finally {
    ready.close();
  }
}

type ReadyCampaign = {
  readonly plan: Plan;
  readonly campaign: ResolvedCampaign;
  readonly ready: ReadyParts;
  readonly folder: string;
};

async function runReady(
  seams: CampaignSeams,
  { plan, campaign, ready, folder }: ReadyCampaign,
  { onSchedules = () => {}, onNotice = () => {}, command, workers: most, ...order }: CampaignOptions,
): Promise<CampaignResults> {
  const { parts } = ready;
  const { facts, units, strategies, problems: specs, taskNames } = campaign;
  const cells = order.shard === undefined ? campaign.cells : cellsOfShard(campaign.cells, readShard(order.shard));
  const { workers, notice } = workersFor(strategies, most);
  const tasks = await loadTasks(taskNames);
  const problems = specs.map((spec) => ({ id: spec.problem, arena: openArena(spec, tasks, parts) }));
  const described = {
    strategies: strategies.map((strategy) => strategyCard(strategy, problems, parts)),
    problems: problems.map((problem) => problemFacts(problem, units)),
  };
  const parted = problems.map((problem, index) => ({ ...problem, part: partOf(specs[index]!) }));
  const toSave = partsToSave(strategies, described.strategies, parted);
  const schedules = schedulesOf(strategies, problems, parts);
  onSchedules(schedules);
  if (notice !== null) onNotice(notice);
  if (facts.resource === undefined) for (const few of fewEvaluations(strategies, problems, units, parts)) onNotice(few);
  const folderRun = { ...order, plan, campaign, cells, tasks, ready, toSave, workers, command, onNotice };
  const { outcomes, dataHash, anchors } = await runIn(seams, folder, folderRun);
  const contracts = new Map(problems.map(({ id, arena }) => [id, arena.problem]));
  const runs = Array.from(cells, (cell, index) => runResult(cell, outcomes.get(index)!, contracts.get(cell.name.problem)!));
  const failed = runs.filter((run) => run.failed !== undefined);
  if (failed.length > 0) onNotice(failedRuns(failed, runs.length));
  return {
    ...facts,
    ...(facts.resource === undefined ? {} : { schedules }),
    dataHash,
    command,
    strategies: described.strategies,
    problems: described.problems.map((problem) => ({ ...problem, ...anchors(problem.id) })),
    runs,
  };
}

type FolderRun = Pick<CampaignOptions, "fresh" | "retryFailed" | "shard" | "environment" | "onProgress" | "command"> & {
  readonly plan: Plan;
  readonly campaign: ResolvedCampaign;
  /** Those to run. */
  readonly cells: CampaignCells;
  readonly tasks: LoadedTasks;
  readonly ready: ReadyParts;
  readonly toSave: SavedParts | null;
  readonly workers: number;
  readonly onNotice: OnNotice;
};

type FolderOutcome = {
  readonly outcomes: ReadonlyMap<number, CellOutcome>;
  readonly dataHash: string;
  readonly anchors: (problem: string) => AnchorFacts;
};

/** One process at a time works in the folder. */
async function runIn({ disk: given, machine, clockMs }: CampaignSeams, folder: string, order: FolderRun): Promise<FolderOutcome> {
  const {
    plan,
    campaign,
    cells,
    tasks,
    ready,
    workers,
    command,
    onNotice,
    onProgress = () => {},
    fresh = false,
    retryFailed = false,
  } = order;
  const { facts, taskNames } = campaign;
  const { planHash } = facts;
  const plainDisk = campaignDisk(given);
  const lock = await lockCampaign(plainDisk, folder, machine);
  try {
    if (fresh) clearRuns(plainDisk, folder);
    else checkPlan(plainDisk, folder, planHash);
    const disk = withArchive(plainDisk, folder);
    const found = readKept(disk, cells, { folder, planHash });
    if (found.torn.length > 0) onNotice(tornRecords(found.torn));
    const kept = retryFailed ? withoutFailed(disk, cells, found, folder) : found;
    if (campaign.isClosed) checkClosed(cells, kept, folder);
    if (!kept.old) writeHead(disk, folder, plan, { command, planHash });
    if (order.toSave !== null) keepSavedParts(disk, folder, order.toSave);
    const isWork = kept.finished.size < cells.count;
    const manifest = openManifest(disk, folder, isWork ? order : {});
    if (isWork) writeManifest(disk, folder, manifest);
    const site = { folder, planHash, taskNames, parts: ready.site, lockPath: lock.path };
    const outcomes = await runCells({
      cells,
      kept,
      site,
      seams: { disk, tasks, parts: ready.parts, checkHeld: lockChecker(folder, lock), clockMs },
      workers,
      onProgress,
    });
    const known = new Map([...outcomes].map(([index, { end }]) => [campaign.cells.indexOf(cells.at(index).name), end]));
    if (!kept.old) writeManifest(disk, folder, manifestOf(dataIn(disk, folder, campaign.cells, planHash, known), manifest));
    const specs = order.shard === undefined ? anchoredSpecs(cells, tasks, ready.parts) : [];
    const anchors = anchorsIn({ disk, folder, planHash, readOnly: kept.old }, specs);
    return { outcomes, dataHash: dataHashOf(outcomes, cells.count, kept.old), anchors };
  } finally {
    lock.release();
  }
}

function partOf(spec: ArenaSpec): ProblemPart | null {
  return spec.kind === "own" ? spec.part : null;
}

/** @throws ConfigError if a run is missing whose code may not be run. */
function checkClosed(cells: CampaignCells, { finished }: KeptRecords, folder: string): void {
  for (let index = 0; index < cells.count; index++) {
    if (finished.has(index)) continue;
    const { arena, strategy, name } = cells.at(index);
    if (strategy.part?.kind === "closed" || partOf(arena)?.kind === "closed")
      notAllowed(`campaign ${folder}, the run of ${show(name.strategy)} on ${show(name.problem)} with seed ${name.seed}`);
  }
}

/** Each problem at each seed. */
export function* anchoredSpecs(cells: CampaignCells, tasks: LoadedTasks, parts: PartsAtHand): Iterable<AnchoredSpec> {
  for (let index = 0; index < cells.count; index += cells.strategies.length) {
    const { arena } = cells.at(index);
    yield { spec: arena, open: () => openArena(arena, tasks, parts) };
  }
}

/** @param old whether the records are of format 1, whose hashes were hashed as a list. */
function dataHashOf(outcomes: ReadonlyMap<number, CellOutcome>, count: number, old: boolean): string {
  const hashes = Array.from({ length: count }, (_, index) => outcomes.get(index)!.end.hash);
  return old ? sha256(hashes.join("\n")) : merkleRoot(hashes);
}

/**
 * The number of workers, and a notice if the caller gave no number and only one worker is possible.
 *
 * @throws ConfigError for an impossible number of workers.
 */
function workersFor(
  strategies: readonly ResolvedStrategy[],
  wanted: number | undefined,
): { readonly workers: number; readonly notice: Notice | null } {
  const foreign = strategies.some(({ card }) => card !== undefined);
  const most = hasThreads && !foreign ? 256 : 1;
  const why = hasThreads
    ? "a strategy from outside cannot be sent to a thread"
    : "uncompiled sources and bundles in one file have no threads";
  const notice = wanted === undefined && most === 1 ? oneWorker(why) : null;
  const workers = wanted ?? Math.min(most, usualWorkers);
  if (Number.isInteger(workers) && workers >= 1 && workers <= most) return { workers, notice };
  throw new ConfigError({
    code: "badWorkers",
    what: "workers",
    expected: most > 1 ? `a whole number from 1 to ${most}` : `1, because ${why}`,
    got: show(workers),
    remedy: "Correct the number, or omit the option for the default.",
  });
}
