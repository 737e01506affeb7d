/** Campaigns that have run: the folders that `caviar bench` leaves, without the pages and without the times, which no run repeats. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPlan, runCampaign } from "@caviar-hpo/bench";
import { buildReport } from "@caviar-hpo/report";

const plans = [
  {
    name: "points",
    seeds: { count: 2 },
    budget: 10,
    initialPoints: 3,
    noise: { model: "additive", sd: 0.1 },
    strategies: [{ name: "random" }, { label: "coarse x2", name: "coarseToFine", options: { trials: "budget" }, evaluationsPerStep: 2 }],
    problems: ["branin", "bbob-f8-d5-i{seed}"],
  },
  {
    name: "fidelity",
    seeds: { count: 2 },
    budget: { fullTrainings: 3, points: 8, workers: 2, stragglerSigma: 0.25 },
    strategies: [{ name: "random" }, { name: "hyperband", options: { eta: 9 } }, { name: "bohb", options: { candidates: 8 } }],
    problems: ["curves-diverging-branin", "counting-ones-c2-r2"],
  },
  {
    name: "task",
    seeds: { count: 2 },
    budget: { fullTrainings: 2, points: 6 },
    strategies: [{ name: "random" }, { name: "asha", options: { eta: 9 } }],
    problems: ["moons-course"],
  },
];

/**
 * @param {string} folder
 * @param {{ readonly format: number, readonly writtenBy: string }} head
 */
export async function writeCampaigns(folder, head) {
  for (const json of plans) {
    const plan = readPlan(json);
    const home = join(folder, plan.name);
    mkdirSync(home, { recursive: true });
    const results = await runCampaign(plan, home, { command: `npm run bench -- --plan ${plan.name}`, workers: 1 });
    rmSync(join(home, "times"), { recursive: true });
    writeFileSync(join(home, "results.json"), buildReport(results).json);
    writeFileSync(join(home, "fixture.json"), `${JSON.stringify({ ...head, dataHash: results.dataHash }, null, 2)}\n`);
  }
}
