/** What a campaign is before its first run: the cells of its plan, all that they need, and what is known of them. Nothing is written. */
import { ConfigError, type Notice } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { Schedule, StrategyCard } from "@caviar-hpo/report";
import type { Disk } from "@caviar-hpo/runtime/disk";
import { type LoadedTasks, loadTasks, openArena } from "../arena/arenas.ts";
import { prepareParts, type ReadyParts } from "../parts/readyParts.ts";
import { readSavedParts, type SavedParts } from "../parts/savedParts.ts";
import { type CampaignCells, type ResolvedCampaign, type ResolvedStrategy, resolvePlan } from "../plan/cells.ts";
import type { Plan } from "../plan/plan.ts";
import { cellsOfShard, readShard } from "../plan/shard.ts";
import { hasThreads, usualWorkers } from "../run/cellWorker.ts";
import { type CampaignProblem, fewEvaluations, partsToSave, schedulesOf, strategyCard, withSavedVersions } from "./campaignCards.ts";
import { isOfFormat1 } from "./campaignFolder.ts";
import type { CampaignOptions } from "./campaignOptions.ts";
import { oneWorker } from "./notices.ts";

export type PreparedCampaign = {
  readonly plan: Plan;
  readonly resolved: ResolvedCampaign;
  /** Those to run: the ones of the shard, or all. */
  readonly cells: CampaignCells;
  readonly tasks: LoadedTasks;
  /** Must be closed. */
  readonly ready: ReadyParts;
  readonly problems: readonly CampaignProblem[];
  /** One per strategy. */
  readonly cards: readonly StrategyCard[];
  /** What the folder is to keep of versions, and of parts from outside. */
  readonly toSave: SavedParts;
  readonly schedules: readonly Schedule[];
  /** How many runs happen at a time. */
  readonly workers: number;
  /** What the user should know before the first run. */
  readonly notices: readonly Notice[];
};

/**
 * @param site the campaign's folder on a checked disk: it says what parts were whose code may not be run.
 * @throws ConfigError if the plan names an unknown strategy, option or problem, and for an impossible number of workers.
 */
export async function prepareCampaign(
  plan: Plan,
  { disk, folder }: { readonly disk: Disk; readonly folder: string },
  order: CampaignOptions,
): Promise<PreparedCampaign> {
  const old = order.fresh !== true && isOfFormat1(disk, folder);
  const resolved = resolvePlan(plan, { ...order, control: !old });
  const saved = order.fresh === true ? null : readSavedParts(disk, folder);
  const ready = await prepareParts(resolved, saved);
  try {
    return await prepared(plan, resolved, ready, order);
  } catch (error) {
    ready.close();
    throw error;
  }
}

async function prepared(plan: Plan, resolved: ResolvedCampaign, ready: ReadyParts, order: CampaignOptions): Promise<PreparedCampaign> {
  const { strategies, units } = resolved;
  const { parts } = ready;
  const cells = order.shard === undefined ? resolved.cells : cellsOfShard(resolved.cells, readShard(order.shard));
  const { workers, notice } = workersFor(strategies, order.workers);
  const tasks = await loadTasks(resolved.taskNames);
  const problems = resolved.problems.map((spec) => ({ id: spec.problem, spec, arena: openArena(spec, tasks, parts) }));
  const cardsNow = strategies.map((strategy) => strategyCard(strategy, problems, parts));
  const cards = withSavedVersions(cardsNow, parts.saved);
  const toSave = partsToSave(strategies, cardsNow, problems);
  const schedules = schedulesOf(strategies, problems, parts);
  const few = resolved.facts.resource === undefined ? fewEvaluations(strategies, problems, units, parts) : [];
  const notices = notice === null ? few : [notice, ...few];
  return { plan, resolved, cells, tasks, ready, problems, cards, toSave, schedules, workers, notices };
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
