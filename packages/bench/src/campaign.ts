/** A campaign: all runs of a plan, recorded in a folder, continued where an earlier attempt stopped, gathered into results. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { CampaignResults, ProblemCard, RunResult, StrategyCard } from "@caviar/report";
import { createStrategy } from "@caviar/tune";
import { canonicalJson, sha256 } from "./canonical.ts";
import { type Arena, arenaOf, type Cell, cellsOf, followsSeed, seedsOf } from "./cells.ts";
import type { Plan, PlanStrategy } from "./plan.ts";
import { createRecorder, type RunHead, readRecord, recordPath } from "./record.ts";
import { type Evaluation, resolveOptions, run } from "./run.ts";

export type Progress = {
  readonly done: number;
  readonly total: number;
  /** Runs taken from the folder as they were. */
  readonly kept: number;
  readonly cell: Cell;
};

export type CampaignOptions = {
  /** Throw away the runs that are there. */
  readonly fresh?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** The command that repeats the campaign, for the report. */
  readonly command: string;
};

/**
 * Runs what is missing and gathers everything. Between runs it lets the event loop turn, so that a terminal and a Ctrl-C are served.
 *
 * @throws ConfigError before anything is written, where the plan names an unknown strategy, option or problem; JournalError for damaged records.
 */
export async function runCampaign(
  plan: Plan,
  folder: string,
  { fresh = false, onProgress = () => {}, command }: CampaignOptions,
): Promise<CampaignResults> {
  const strategies = plan.strategies.map((strategy) => strategyCard(plan, strategy));
  const problems = plan.problems.map((problem) => problemCard(plan, problem));
  if (fresh) rmSync(join(folder, "runs"), { recursive: true, force: true });
  const planHash = hashOf(plan);
  const cells = cellsOf(plan);
  // All records are read before the first run, so that a folder that cannot be continued is refused as it is.
  const records = cells.map((cell) => readRecord(recordPath(folder, cell), headOf(planHash, cell)));
  const runs: RunResult[] = [];
  const hashes: string[] = [];
  let kept = 0;
  let current = "";
  let arena: Arena | null = null;
  for (const [index, cell] of cells.entries()) {
    const earlier = records[index] ?? null;
    let evaluations: readonly Evaluation[];
    if (earlier !== null && earlier.hash !== null) {
      evaluations = earlier.evaluations;
      hashes.push(earlier.hash);
      kept += 1;
    } else {
      const facing = `${cell.problem} ${cell.seed}`;
      if (arena === null || facing !== current) arena = arenaOf(plan, cell.problem, cell.seed);
      current = facing;
      const recorded = earlier?.evaluations ?? [];
      const recorder = createRecorder(recordPath(folder, cell), headOf(planHash, cell), recorded);
      evaluations = run(plan, cell, arena, recorded, recorder.add);
      hashes.push(recorder.end());
    }
    runs.push({
      problem: cell.problem,
      strategy: cell.strategy.label,
      seed: cell.seed,
      values: evaluations.map((evaluation) => evaluation.value),
    });
    onProgress({ done: runs.length, total: cells.length, kept, cell });
    if (runs.length % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    name: plan.name,
    title: plan.title,
    question: plan.question,
    planHash,
    dataHash: sha256(hashes.join("\n")),
    command,
    initialPoints: plan.initialPoints,
    noise:
      plan.noise === null
        ? "none"
        : `${plan.noise.model}, sd ${plan.noise.sd}${plan.noise.model === "multiplicative" ? "" : " x interquartile range"}`,
    strategies,
    problems,
    seeds: seedsOf(plan),
    runs,
  };
}

/** SHA-256 of the canonical plan. */
export function hashOf(plan: Plan): string {
  return sha256(canonicalJson(plan));
}

function headOf(planHash: string, cell: Cell): RunHead {
  return { plan: planHash, problem: cell.problem, strategy: cell.strategy.label, seed: cell.seed };
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
