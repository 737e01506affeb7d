/** A campaign: all runs of a plan, recorded in a folder, continued where an earlier attempt stopped, gathered into results. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Card, ConfigError, show } from "@caviar-hpo/core";
import type { CampaignResults, ProblemCard, RunResult, Schedule, StrategyCard } from "@caviar-hpo/report";
import { createStrategy, planOf } from "@caviar-hpo/tune";
import type { Arena } from "./arena.ts";
import { arenaOf, loadTasks, type Tasks } from "./arenas.ts";
import { canonicalJson, sha256 } from "./canonical.ts";
import { castOf, isForeign } from "./cast.ts";
import { type Cell, cellsOf, seedsOf } from "./cells.ts";
import { type CellWorker, hasThreads, newThread, ownThread, usualWorkers } from "./cellWorker.ts";
import { errorAt } from "./failure.ts";
import { handOut } from "./handOut.ts";
import { type Plan, type PlanStrategy, unitsOf } from "./plan.ts";
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
   * hash depends on it. Default: the number of cores, at most 8; 1 where the sources are run uncompiled, which have no threads. Only 1
   * where a strategy comes from `cards`, since code cannot be sent to a thread.
   */
  readonly workers?: number;
  /** Strategies from outside, which the plan may name next to the shipped ones. */
  readonly cards?: readonly Card[];
  /** Called before the first run with what strategies say beforehand that they are going to do. */
  readonly onSchedules?: (schedules: readonly Schedule[]) => void;
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
  written: Plan,
  folder: string,
  { fresh = false, workers: wanted, cards = [], onSchedules = () => {}, onProgress = () => {}, command }: CampaignOptions,
): Promise<CampaignResults> {
  const plan = castOf(written, cards);
  const most = isForeign(plan) ? 1 : mostWorkers;
  const workers = wanted ?? Math.min(most, usualWorkers);
  checkWorkers(workers, most);
  const tasks = await loadTasks(plan);
  const arenas = plan.problems.map((problem) => arenaOf(plan, problem, plan.seeds.first, tasks));
  const strategies = plan.strategies.map((strategy) => strategyCard(plan, strategy, arenas[0]!));
  const problems = plan.problems.map((problem, index) => problemCard(plan, problem, arenas[index]!));
  const schedules = schedulesOf(plan, arenas);
  onSchedules(schedules);
  if (fresh) rmSync(join(folder, "runs"), { recursive: true, force: true });
  const planHash = hashOf(written);
  const outcomes = await outcomesOf({ plan, planHash, folder }, tasks, workers, onProgress);
  return {
    name: plan.name,
    title: plan.title,
    question: plan.question,
    planHash,
    dataHash: sha256(outcomes.map(({ hash }) => hash).join("\n")),
    command,
    initialPoints: plan.initialPoints,
    noise: noiseOf(plan),
    ...(typeof plan.budget === "number" ? {} : { resource: plan.budget, schedules }),
    strategies,
    problems,
    seeds: seedsOf(plan),
    runs: cellsOf(plan).map((cell, index) => runResult(cell, outcomes[index]!, arenas[plan.problems.indexOf(cell.problem)]!)),
  };
}

function noiseOf(plan: Plan): string {
  if (typeof plan.budget !== "number") return "that of each problem";
  if (plan.noise === null) return "none";
  return `${plan.noise.model}, sd ${plan.noise.sd}${plan.noise.model === "multiplicative" ? "" : " x interquartile range"}`;
}

/** Resource becomes full trainings, and fidelity what is left to a full one. */
function runResult({ problem, strategy, seed }: Cell, { values, training }: Outcome, { problem: contract }: Arena): RunResult {
  const run = { problem, strategy: strategy.label, seed, values };
  if (training === null) return run;
  const { max } = contract.fidelity!;
  const { from, fidelities, spent, ...counts } = training;
  const left = (fidelity: number): number => (contract.resumable || fidelity === max ? (max - fidelity) / max : 1);
  return { ...run, training: { ...counts, from: from.map((resource) => resource / max), left: fidelities.map(left), spent: spent / max } };
}

const mostWorkers = hasThreads ? 256 : 1;

function checkWorkers(workers: number, most: number): void {
  if (Number.isInteger(workers) && workers >= 1 && workers <= most) return;
  const why = hasThreads ? "a strategy from outside cannot be sent to a thread" : "uncompiled sources have no threads";
  throw new ConfigError({
    code: "badWorkers",
    what: "workers",
    expected: most > 1 ? `a whole number from 1 to ${most}` : `1, since ${why}`,
    got: show(workers),
    remedy: "Leave it out for the usual number.",
  });
}

/** The outcome of every cell in the plan's order, whatever the order in which they come about. */
async function outcomesOf(
  site: Site,
  loaded: Tasks,
  workers: number,
  onProgress: (progress: Progress) => void,
): Promise<readonly Outcome[]> {
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
    const { hash, lines } = records[index] ?? { hash: null, lines: [] };
    if (hash === null) {
      tasks.push({ cell, recorded: lines });
    } else {
      kept += 1;
      add(cell, outcomeOf(site.plan, hash, lines));
    }
  }
  const start = (): CellWorker => (workers === 1 ? ownThread(site, loaded) : newThread(site));
  const started = Array.from({ length: Math.min(workers, tasks.length) }, start);
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

function strategyCard(plan: Plan, strategy: PlanStrategy, { problem }: Arena): StrategyCard {
  const options = resolveOptions(plan, strategy);
  const { version } = createStrategy(strategy.card ?? strategy.name, options, problem);
  return { label: strategy.label, name: strategy.name, version, options, evaluationsPerStep: strategy.evaluationsPerStep };
}

function problemCard(plan: Plan, id: string, { facts, problem }: Arena): ProblemCard {
  const { fidelity, resumable } = problem;
  return { id, ...facts, budget: unitsOf(plan), ...(fidelity === null ? {} : { fidelity, resumable }) };
}

/** What the strategies are going to do, each text once: those that would say the same of the same range of fidelities stand together. */
function schedulesOf(plan: Plan, arenas: readonly Arena[]): readonly Schedule[] {
  const schedules = new Map<string, { readonly strategies: Set<string>; readonly problems: Set<string> }>();
  for (const strategy of plan.strategies) {
    for (const [index, { problem }] of arenas.entries()) {
      const text = planOf(strategy.card ?? strategy.name, resolveOptions(plan, strategy), problem);
      if (text === null) continue;
      const same = schedules.get(text) ?? { strategies: new Set(), problems: new Set() };
      schedules.set(text, same);
      same.strategies.add(strategy.label);
      same.problems.add(plan.problems[index]!);
    }
  }
  return [...schedules].map(([text, { strategies, problems }]) => ({ strategies: [...strategies], problems: [...problems], text }));
}
