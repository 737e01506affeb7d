/** A campaign: all runs of a plan, recorded in a folder, continued where an earlier attempt stopped, gathered into results. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, show } from "@caviar/core";
import type { CampaignResults, ProblemCard, StrategyCard } from "@caviar/report";
import { createStrategy } from "@caviar/tune";
import { canonicalJson, sha256 } from "./canonical.ts";
import { arenaOf, type Cell, cellsOf, followsSeed, seedsOf } from "./cells.ts";
import { hasThreads, newThread, ownThread, usualWorkers } from "./cellWorker.ts";
import { errorAt } from "./failure.ts";
import { handOut } from "./handOut.ts";
import type { Plan, PlanStrategy } from "./plan.ts";
import { headOf, readRecord, recordPath } from "./record.ts";
import { resolveOptions } from "./run.ts";
import { type Outcome, outcomeOf, type Site, type Task } from "./runCell.ts";

export type Progress = {
  readonly done: number;
  readonly total: number;
  /** Runs taken from the folder as they were. They are counted first. */
  readonly kept: number;
  /** What was done last; with several workers in no particular order. */
  readonly cell: Cell;
};

export type CampaignOptions = {
  /** Throw away the runs that are there. */
  readonly fresh?: boolean;
  /**
   * How many runs are under way at a time, 1 to 256, each in a thread of its own; a single one is in the caller's. No result, record or
   * hash depends on it. Default: the number of cores, at most 8; 1 where the sources are run uncompiled, which have no threads.
   */
  readonly workers?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** The command that repeats the campaign, for the report. */
  readonly command: string;
};

/**
 * Runs what is missing and gathers everything.
 *
 * @throws ConfigError before anything is written, where the plan names an unknown strategy, option or problem; JournalError for damaged records.
 * An error in a run names its cell; the runs under way are finished first, and the folder can be continued.
 */
export async function runCampaign(
  plan: Plan,
  folder: string,
  { fresh = false, workers = usualWorkers, onProgress = () => {}, command }: CampaignOptions,
): Promise<CampaignResults> {
  checkWorkers(workers);
  const strategies = plan.strategies.map((strategy) => strategyCard(plan, strategy));
  const problems = plan.problems.map((problem) => problemCard(plan, problem));
  if (fresh) rmSync(join(folder, "runs"), { recursive: true, force: true });
  const planHash = hashOf(plan);
  const outcomes = await outcomesOf({ plan, planHash, folder }, workers, onProgress);
  return {
    name: plan.name,
    title: plan.title,
    question: plan.question,
    planHash,
    dataHash: sha256(outcomes.map(({ hash }) => hash).join("\n")),
    command,
    initialPoints: plan.initialPoints,
    noise:
      plan.noise === null
        ? "none"
        : `${plan.noise.model}, sd ${plan.noise.sd}${plan.noise.model === "multiplicative" ? "" : " x interquartile range"}`,
    strategies,
    problems,
    seeds: seedsOf(plan),
    runs: cellsOf(plan).map(({ problem, strategy, seed }, index) => ({
      problem,
      strategy: strategy.label,
      seed,
      values: outcomes[index]!.values,
    })),
  };
}

function checkWorkers(workers: number): void {
  const most = hasThreads ? 256 : 1;
  if (Number.isInteger(workers) && workers >= 1 && workers <= most) return;
  throw new ConfigError({
    code: "badWorkers",
    what: "workers",
    expected: hasThreads ? `a whole number from 1 to ${most}` : "1, since uncompiled sources have no threads",
    got: show(workers),
    remedy: "Leave it out for the usual number.",
  });
}

/** The outcome of every cell in the plan's order, whatever the order in which they come about. */
async function outcomesOf(site: Site, workers: number, onProgress: (progress: Progress) => void): Promise<readonly Outcome[]> {
  const cells = cellsOf(site.plan);
  // All records are read before the first run, so that a folder that cannot be continued is refused as it is.
  const records = cells.map((cell) => readRecord(recordPath(site.folder, cell), headOf(site.planHash, cell)));
  const outcomes = new Map<Cell, Outcome>();
  let kept = 0;
  const add = (cell: Cell, outcome: Outcome): void => {
    outcomes.set(cell, outcome);
    onProgress({ done: outcomes.size, total: cells.length, kept, cell });
  };
  const tasks: Task[] = [];
  for (const [index, cell] of cells.entries()) {
    const { hash, evaluations } = records[index] ?? { hash: null, evaluations: [] };
    if (hash === null) {
      tasks.push({ cell, recorded: evaluations });
    } else {
      kept += 1;
      add(cell, outcomeOf(hash, evaluations));
    }
  }
  const start = workers === 1 ? ownThread : newThread;
  const started = Array.from({ length: Math.min(workers, tasks.length) }, () => start(site));
  try {
    const failed = await handOut(tasks, started, ({ cell }, outcome) => add(cell, outcome));
    if (failed !== null) throw errorAt(failed.task.cell, failed.failure);
  } finally {
    await Promise.all(started.map((worker) => worker.close()));
  }
  return cells.map((cell) => outcomes.get(cell)!);
}

/** SHA-256 of the canonical plan. */
export function hashOf(plan: Plan): string {
  return sha256(canonicalJson(plan));
}

function strategyCard(plan: Plan, strategy: PlanStrategy): StrategyCard {
  const options = resolveOptions(plan, strategy);
  const { version } = createStrategy(strategy.name, options);
  return { label: strategy.label, name: strategy.name, version, options, evaluationsPerStep: strategy.evaluationsPerStep };
}

function problemCard(plan: Plan, problem: string): ProblemCard {
  const { fn } = arenaOf(plan, problem, plan.seeds.first);
  const shifting = followsSeed(problem);
  return {
    id: problem,
    title: shifting ? fn.title.replace(/instance \d+$/, "instance = seed") : fn.title,
    dimensions: fn.bounds.length,
    optimum: shifting ? 0 : fn.optimum.value,
    tolerance: fn.optimum.tolerance,
    tags: fn.tags,
    source: fn.source,
    budget: plan.budget,
  };
}
