/** Plans as users write them, each with its resolved form and the hash of that. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf, readPlan } from "@caviar-hpo/bench";

/** What the benchmarks do not use between them: every key, and no more keys than are needed. */
const further = {
  "every-key": {
    name: "every-key",
    title: "Every key of a plan that counts evaluations",
    question: "Is each of them read?",
    seeds: { first: 3, count: 4 },
    budget: 24,
    initialPoints: 5,
    instances: "rotated",
    noise: { model: "heteroscedastic", sd: 0.25 },
    strategies: [
      {
        label: "hypercube of the whole budget",
        name: "latinHypercube",
        options: { points: "budget", criterion: "maximin" },
        evaluationsPerStep: 3,
      },
      { label: "bayesopt, quick", name: "bayesopt", options: { askEffort: 64, kernel: "matern52", warp: "identity" } },
      { label: "tpe, one by one", name: "tpe", options: { multivariate: false, candidates: 12 } },
    ],
    problems: ["bbob-f8-d5-i{seed}", "hartmann6"],
  },
  "every-key-of-resource": {
    name: "every-key-of-resource",
    title: "Every key of a plan that counts resource",
    question: "Is each of them read?",
    seeds: { first: 0, count: 2 },
    budget: { fullTrainings: 12, points: 40, from: 0.25, workers: 4, stragglerSigma: 0.5 },
    initialPoints: 2,
    instances: "published",
    noise: null,
    strategies: [{ label: "hyperband, eta 9", name: "hyperband", options: { eta: 9, overlap: true }, evaluationsPerStep: 2 }],
    problems: ["curves-aligned-branin", "moons-course"],
  },
  "fewest-keys": { name: "fewest-keys", seeds: { count: 1 }, budget: 8, strategies: [{ name: "random" }], problems: ["branin"] },
};

/**
 * @param {string} benchmarks the folder with the plans of the benchmarks
 * @param {string} folder
 * @param {{ readonly format: number, readonly writtenBy: string }} head
 */
export function writePlans(benchmarks, folder, head) {
  mkdirSync(join(folder, "resolved"), { recursive: true });
  const published = readdirSync(benchmarks).map((file) => /** @type {const} */ ([file, readFileSync(join(benchmarks, file), "utf8")]));
  const own = Object.entries(further).map(([name, plan]) => /** @type {const} */ ([`${name}.json`, `${JSON.stringify(plan, null, 2)}\n`]));
  for (const [file, text] of [...published, ...own]) {
    const plan = readPlan(JSON.parse(text));
    writeFileSync(join(folder, file), text);
    writeFileSync(join(folder, "resolved", file), `${JSON.stringify({ ...head, hash: hashOf(plan), plan })}\n`);
  }
}
