/** Campaigns that take a fraction of a second, their cells and arenas, and folders for them. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plan, readPlan } from "@caviar-hpo/bench";
import type { ArenaSpec } from "../src/arena/arenaSpec.ts";
import { type LoadedTasks, openArena } from "../src/arena/arenas.ts";
import { arenaSpecOf, type CampaignCell, resolvePlan } from "../src/plan/cells.ts";
import { run } from "../src/run/run.ts";
import type { RecordLine } from "../src/run/transcript.ts";

export function tinyPlan(change: object = {}): Plan {
  return readPlan({
    name: "tiny",
    seeds: { count: 2 },
    budget: 12,
    initialPoints: 3,
    noise: { model: "additive", sd: 0.1 },
    strategies: [
      { name: "random" },
      { label: "random x2", name: "random", evaluationsPerStep: 2 },
      { name: "sobol" },
      { name: "coarseToFine", options: { trials: "budget" } },
    ],
    problems: ["branin", "bbob-f8-d5-i{seed}"],
    ...change,
  });
}

/** A campaign that counts resource. Of its problems some can be resumed, some cannot; some cross, diverge and have noise. */
export function tinyTrainingPlan(change: object = {}): Plan {
  return readPlan({
    name: "tiny-training",
    seeds: { count: 2 },
    budget: { fullTrainings: 4, points: 12 },
    strategies: [
      { name: "random" },
      { label: "random x2", name: "random", evaluationsPerStep: 2 },
      { name: "hyperband", options: { eta: 9 } },
      { name: "asha" },
    ],
    problems: ["curves-diverging-branin", "counting-ones-c2-r2", "mf-hartmann3-good"],
    ...change,
  });
}

export function cellOf(plan: Plan, strategy: string, problem: string, seed = 1): CampaignCell {
  const { cells } = resolvePlan(plan);
  return cells.at(cells.indexOf({ problem, strategy, seed }));
}

export function cellsOf(plan: Plan): readonly CampaignCell[] {
  return [...resolvePlan(plan).cells];
}

/** The lines of a cell's run, recorded ones first, and those that were not recorded. */
export function linesOf(
  cell: CampaignCell,
  { recorded = [], tasks = new Map() }: { readonly recorded?: readonly RecordLine[]; readonly tasks?: LoadedTasks } = {},
): { readonly all: readonly RecordLine[]; readonly fresh: readonly RecordLine[] } {
  const fresh: RecordLine[] = [];
  const outcome = run({ cell, arena: () => openArena(cell.arena, tasks), recorded, onLine: (line) => fresh.push(line) });
  if (outcome.failed !== null) throw new Error(outcome.failed.message);
  return { all: outcome.lines, fresh };
}

/** What an arena of the plan is made of; `kind` says which kind the problem makes it. */
export function specOf<K extends ArenaSpec["kind"]>(kind: K, plan: Plan, problem: string, seed: number): Extract<ArenaSpec, { kind: K }> {
  const spec = arenaSpecOf(plan, problem, seed);
  if (spec.kind !== kind) throw new Error(`${problem} makes an arena of ${spec.kind}`);
  return spec as Extract<ArenaSpec, { kind: K }>;
}

const scratch = fileURLToPath(new URL("../../../.cache/tests/", import.meta.url));

/** Calls `use` with a new folder, which is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const { folder, remove } = scratchFolder("campaign-");
  try {
    return await use(folder);
  } finally {
    remove();
  }
}

/** A new folder, and the end of it. */
export function scratchFolder(prefix: string): { readonly folder: string; readonly remove: () => void } {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, prefix));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Paths below `folder`, with slashes, sorted. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** The records of a campaign, as `filesIn` gives them. */
export function recordsIn(folder: string): readonly string[] {
  return filesIn(folder).filter((path) => path.startsWith("runs/"));
}

/** Every file's text by its path, but those that hold times, which are others for each attempt. */
export function contentsOf(folder: string): { readonly [path: string]: string } {
  const lasting = filesIn(folder).filter((path) => !path.startsWith("times/"));
  return Object.fromEntries(lasting.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
