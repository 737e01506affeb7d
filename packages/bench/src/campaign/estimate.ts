/**
 * What a campaign will cost: its runs, its evaluations, and the time of its strategies on this machine. For the time, each strategy runs on
 * a few problems of the plan for a moment, and nothing is written. Parts from outside are not run.
 */
import { ConfigError } from "@caviar-hpo/core";
import { loadTasks, openArena } from "../arena/arenas.ts";
import { type CampaignCell, type CampaignCells, type ResolvedStrategy, resolvePlan } from "../plan/cells.ts";
import { type Plan, unitsOf } from "../plan/plan.ts";
import { usualWorkers } from "../run/cellWorker.ts";
import { run } from "../run/run.ts";
import type { RecordLine } from "../run/transcript.ts";

export type StrategyEstimate = {
  readonly label: string;
  readonly runs: number;
  /** Evaluations of all runs, or full trainings; fewer if the strategy is done early. */
  readonly units: number;
  /** Of one run, on average; null if the strategy is from outside, or if all problems are. */
  readonly secondsPerRun: number | null;
  /** Whether runs were stopped after `mostSeconds`. The rest of a run may cost more per evaluation than its beginning. */
  readonly isCut: boolean;
};

export type CampaignEstimate = {
  readonly runs: number;
  readonly strategies: readonly StrategyEstimate[];
  /** The labels of the problems on which the strategies ran. */
  readonly sample: readonly string[];
  /** For how long a strategy ran on each of them at most. */
  readonly mostSeconds: number;
  /** How many runs happen at a time on this machine by default. */
  readonly usualWorkers: number;
};

/** Problems, and seconds for each: a plan of ten strategies takes half a minute at most. */
const [mostProblems, mostSeconds] = [3, 1];

/**
 * @param clockMs milliseconds since any moment.
 * @throws ConfigError for a plan that names an unknown strategy, option or problem.
 */
export async function estimateCampaign(plan: Plan, clockMs: () => number = () => performance.now()): Promise<CampaignEstimate> {
  const { cells, strategies, taskNames } = resolvePlan(plan);
  const tasks = await loadTasks(taskNames);
  const sample = sampled(cells).map((cell) => ({ cell, arena: openArena(cell.arena, tasks) }));
  const runs = cells.count / strategies.length;
  const estimates = strategies.map((strategy, place): StrategyEstimate => {
    const units = runs * unitsOf(plan) * strategy.evaluationsPerStep;
    const timed = isOpen(strategy) ? sample.map(({ cell, arena }) => timedRun(sibling(cells, cell, place), arena, clockMs)) : [];
    const seconds = timed.reduce((sum, one) => sum + one.seconds, 0) / timed.length;
    const secondsPerRun = timed.length === 0 ? null : seconds;
    return { label: strategy.label, runs, units, secondsPerRun, isCut: timed.some(({ isCut }) => isCut) };
  });
  return { runs: cells.count, strategies: estimates, sample: sample.map(({ cell }) => cell.name.problem), mostSeconds, usualWorkers };
}

function isOpen({ part }: ResolvedStrategy): boolean {
  return part === undefined;
}

/** The first cells of problems that are spread over the list, without those from outside. */
function sampled(cells: CampaignCells): readonly CampaignCell[] {
  const perProblem = cells.count / cells.problems.length;
  const own = cells.problems.map((_, place) => cells.at(place * perProblem)).filter(({ arena }) => arena.kind !== "own");
  const count = Math.min(mostProblems, own.length);
  return Array.from({ length: count }, (_, index) => own[Math.floor(((2 * index + 1) * own.length) / (2 * count))]!);
}

/** The cell of another strategy on the same problem and seed. */
function sibling(cells: CampaignCells, { name }: CampaignCell, place: number): CampaignCell {
  return cells.at(cells.indexOf({ ...name, strategy: cells.strategies[place]! }));
}

/** Stops a run that has taken long enough. */
class LongEnough extends Error {}

type TimedRun = { readonly seconds: number; readonly isCut: boolean };

function timedRun(cell: CampaignCell, arena: ReturnType<typeof openArena>, clockMs: () => number): TimedRun {
  const startMs = clockMs();
  const secondsNow = (): number => (clockMs() - startMs) / 1000;
  const budget = cell.budget.units * (arena.problem.fidelity?.max ?? 1);
  let [spent, seconds] = [0, 0];
  const onLine = (line: RecordLine): void => {
    if ("from" in line) return;
    spent = "resource" in line ? line.resource : spent + 1;
    seconds = secondsNow();
    if (seconds > mostSeconds) throw new LongEnough();
  };
  try {
    const { failed } = run({ cell, arena: () => arena, recorded: [], onLine });
    if (failed?.kind === "refused") throw refused(failed.message);
    return { seconds: secondsNow(), isCut: false };
  } catch (error) {
    if (!(error instanceof LongEnough)) throw error;
    return { seconds: (seconds * budget) / spent, isCut: true };
  }
}

function refused(got: string): ConfigError {
  const remedy = "Correct the plan. caviar strategies and caviar problems list what a plan can name.";
  return new ConfigError({ code: "badPlan", what: "plan", expected: "strategies that take the problems", got, remedy });
}
