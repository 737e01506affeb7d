/**
 * A campaign: all runs of a plan. The runs are recorded in a folder. A campaign continues where an earlier attempt stopped, and gathers the
 * runs into results.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Card, ConfigError, type Notice, type OnNotice } from "@caviar-hpo/core";
import { anything, boolean, func, optionReader, string } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import type { CampaignResults, Schedule } from "@caviar-hpo/report";
import { loadTasks, openArena } from "../arena/arenas.ts";
import { type ResolvedStrategy, resolvePlan } from "../plan/cells.ts";
import type { Plan } from "../plan/plan.ts";
import { sha256 } from "../record/canonical.ts";
import { runResult } from "../run/cellOutcome.ts";
import { hasThreads, usualWorkers } from "../run/cellWorker.ts";
import { type CampaignProgress, runCells } from "../run/runCells.ts";
import { anchorsIn } from "./anchors.ts";
import { fewEvaluations, problemFacts, schedulesOf, strategyCard } from "./campaignCards.ts";
import { oneWorker } from "./notices.ts";

export type CampaignOptions = {
  /** Whether to delete the runs that are in the folder. false by default. */
  readonly fresh?: boolean;
  /**
   * How many runs happen at a time: a whole number from 1 to 256. Each run has its own thread; with 1, it runs in the caller's thread. No
   * result, record or hash depends on this number. By default the number of cores, but at most 8. It is 1 if there are no threads, that is,
   * if the sources run uncompiled or bundled into one file. It is also 1 if a strategy comes from `cards`, because code cannot be sent to a
   * thread.
   */
  readonly workers?: number;
  /** Strategies from outside, which the plan may name like the shipped ones. None by default. */
  readonly cards?: readonly Card[];
  /** Called before the first run with the schedules that strategies announce. */
  readonly onSchedules?: (schedules: readonly Schedule[]) => void;
  readonly onProgress?: (progress: CampaignProgress) => void;
  /** Called before the first run, once for each notice: damaged last lines of records, or runs that cannot share the machine. */
  readonly onNotice?: OnNotice;
  /** The command that repeats the campaign, for the report. */
  readonly command: string;
};

const readCampaignOptions = optionReader<CampaignOptions>("runCampaign", {
  fresh: boolean,
  workers: anything,
  cards: anything,
  onSchedules: func,
  onProgress: func,
  onNotice: func,
  command: string,
});

/**
 * Runs the cells that are missing, and gathers all results.
 *
 * @param folder holds the records; an earlier attempt continues there.
 * @throws ConfigError for an unknown option, and if the plan names an unknown strategy, option or problem; nothing is written in this case.
 * JournalError for damaged records. An error in a run names its cell. The runs that are under way finish first, and the folder can be
 * continued.
 */
export async function runCampaign(plan: Plan, folder: string, options: CampaignOptions): Promise<CampaignResults> {
  const {
    fresh = false,
    cards = [],
    onSchedules = () => {},
    onProgress = () => {},
    onNotice = () => {},
    command,
    workers: most,
  } = readCampaignOptions(options);
  const { facts, units, strategies, problems: specs, cells, taskNames } = resolvePlan(plan, cards);
  const { workers, notice } = workersFor(strategies, most);
  const tasks = await loadTasks(taskNames);
  const problems = specs.map((spec) => ({ id: spec.problem, arena: openArena(spec, tasks) }));
  const described = {
    strategies: strategies.map((strategy) => strategyCard(strategy, problems[0]!)),
    problems: problems.map((problem) => problemFacts(problem, units)),
  };
  const schedules = schedulesOf(strategies, problems);
  onSchedules(schedules);
  if (notice !== null) onNotice(notice);
  if (facts.resource === undefined) for (const few of fewEvaluations(strategies, problems, units)) onNotice(few);
  if (fresh) rmSync(join(folder, "runs"), { recursive: true, force: true });
  const site = { folder, planHash: facts.planHash, taskNames };
  const outcomes = await runCells({ cells, site, tasks, workers, onProgress, onNotice });
  const anchors = anchorsIn(
    folder,
    facts.planHash,
    cells.map(({ arena }) => ({ spec: arena, open: () => openArena(arena, tasks) })),
  );
  const contracts = new Map(problems.map(({ id, arena }) => [id, arena.problem]));
  return {
    ...facts,
    ...(facts.resource === undefined ? {} : { schedules }),
    dataHash: sha256(outcomes.map(({ hash }) => hash).join("\n")),
    command,
    ...described,
    problems: described.problems.map((problem) => ({ ...problem, ...anchors(problem.id) })),
    runs: cells.map((cell, index) => runResult(cell, outcomes[index]!, contracts.get(cell.name.problem)!)),
  };
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
