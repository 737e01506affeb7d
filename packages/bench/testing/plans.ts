/** A campaign that takes a fraction of a second, and folders for it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plan, readPlan } from "@caviar-hpo/bench";

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

/** One that counts resource, on problems that can be resumed and cannot, that cross, diverge and have noise. */
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

const scratch = fileURLToPath(new URL("../../../.cache/tests/", import.meta.url));

/** Calls `use` with a new folder, which is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "campaign-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Paths below `folder`, with slashes, sorted. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** Every file's text by its path. */
export function contentsOf(folder: string): { readonly [path: string]: string } {
  return Object.fromEntries(filesIn(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
