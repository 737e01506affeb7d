/**
 * Campaigns on small tuning tasks (`plateaus`, `rugged-i101`, …) at several numbers of trials: `node packages/bench/bench/checkpoints.mjs
 * FOLDER ... [options]` reads their records, and prints a table for each. A run is judged by the regret of its best value until then.
 *
 *   --at A,B           numbers of trials (20,50). A strategy with two evaluations a step has twice as many
 *   --reference LABEL  the strategy that the others are compared with, pair by pair (bayesopt)
 *   --json FILE        writes the numbers to FILE; without folders, prints the tables of FILE
 *
 * The mean rank is that over all strategies of the plan and all pairs of a problem and a seed. p is that of the signed-rank test on the
 * differences of regret.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mixedFunction } from "@caviar-hpo/objectives";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { mean } from "../../bayesopt/bench/statistics.mjs";
import { quartiles } from "../../report/dist/statistics/quartiles.js";
import { averageRanks } from "../../report/dist/statistics/ranks.js";
import { signedRank } from "../../report/dist/statistics/signedRank.js";
import { campaignDisk } from "../dist/campaign/campaignFolder.js";
import { headOf, readRecord, recordPath } from "../dist/record/record.js";
import { withArchive } from "../dist/verify/archiveDisk.js";
import { checkpointsTable } from "./checkpointsTable.mjs";

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { at: { type: "string", default: "20,50" }, reference: { type: "string", default: "bayesopt" }, json: { type: "string" } },
});
const print = (line) => process.stdout.write(`${line}\n`);

const campaigns = positionals.length > 0 ? Object.fromEntries(positionals.map(campaignIn)) : JSON.parse(readFileSync(given.json, "utf8"));
if (positionals.length > 0 && given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(campaigns, null, 2)}\n`);
for (const [name, campaign] of Object.entries(campaigns)) {
  print(`\n${name}: ${campaign.problems} problems, ${campaign.seeds} seeds\n\n${checkpointsTable(campaign)}`);
}

/** The name of a campaign, and its numbers. */
function campaignIn(folder) {
  const { name, planHash, origin } = JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
  const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));
  const disk = withArchive(campaignDisk(nodeDisk), folder);
  const seeds = Array.from({ length: plan.seeds.count }, (_, index) => plan.seeds.first + index);
  const blocks = plan.problems.flatMap((problem) =>
    seeds.map((seed) => ({ problem, seed, optimum: mixedFunction(problem).optimum.value })),
  );
  const valuesOf = ({ problem, seed }, strategy) => {
    const cell = { problem, seed, strategy };
    const { lines } = readRecord(disk, recordPath(folder, cell), headOf(planHash, cell));
    return lines.map(({ value }) => value ?? Infinity);
  };
  const runs = plan.strategies.map(({ label, evaluationsPerStep }) => ({
    strategy: label,
    evaluationsPerStep,
    blocks: blocks.map((block) => valuesOf(block, label).map((value) => value - block.optimum)),
  }));
  const checkpoints = given.at.split(",").map((text) => checkpointAt(Number(text), runs));
  const commits = [...new Set(origin.machines.map(({ commit }) => commit))];
  return [name, { reference: given.reference, problems: plan.problems.length, seeds: seeds.length, commits, checkpoints }];
}

function checkpointAt(trials, runs) {
  const regrets = runs.map((run) => run.blocks.map((values) => Math.min(...values.slice(0, trials * run.evaluationsPerStep))));
  const ranks = regrets[0].map((_, block) => averageRanks(regrets.map((own) => own[block])));
  const reference = regrets[runs.findIndex(({ strategy }) => strategy === given.reference)];
  const strategies = runs.map(({ strategy }, index) => {
    const { median, lower, upper } = quartiles(regrets[index]);
    const row = { strategy, meanRank: mean(ranks.map((own) => own[index])), meanRegret: mean(regrets[index]), median, lower, upper };
    if (strategy === given.reference) return row;
    const differences = regrets[index].map((regret, block) => reference[block] - regret);
    const count = (isIt) => differences.filter(isIt).length;
    return { ...row, better: count((one) => one < 0), worse: count((one) => one > 0), p: signedRank(differences).p };
  });
  return { trials, strategies };
}
