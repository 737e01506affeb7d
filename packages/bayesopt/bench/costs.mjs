/**
 * What the acquisition per cost gains at equal total cost: `npm run bench:costs -- --out FILE [options]` runs `bayesopt` with several
 * values of `costPower`, and appends a line of JSON for each run to FILE. Runs that the file has are not repeated. `--table` prints tables
 * from the file instead.
 *
 * A problem is a table with training times (`table-naval`, for instance, after `caviar tables fetch`), or a synthetic function, whose cost
 * is 100^t, where t goes from 0 to 1 along a direction that the seed draws. A run ends after so many mean costs of random configurations as
 * the last checkpoint says, or after 120 trials. It keeps the regret of the best trial that had ended at each checkpoint, divided by the
 * median regret of random configurations.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createSpace, derive, encode, real, root, startStudy, stream, uniformConfig } from "@caviar-hpo/core";
import { testFunction } from "@caviar-hpo/objectives";
import { tableFacts, tableFunction } from "@caviar-hpo/objectives/tables";
import { createStrategy } from "@caviar-hpo/tune";
import { readTable, tablesFolder } from "../../bench/dist/tables/tableCache.js";
import { printPairs } from "./pairedTables.mjs";
import { recordsIn } from "./records.mjs";
import { quantile } from "./statistics.mjs";

const { values: given } = parseArgs({
  options: {
    out: { type: "string", default: "costs.jsonl" },
    problems: { type: "string", default: "branin,hartmann6,levy-d5" },
    powers: { type: "string", default: "0,0.5,1" },
    first: { type: "string", default: "1" },
    seeds: { type: "string", default: "10" },
    at: { type: "string", default: "10,20,30" },
    table: { type: "boolean", default: false },
  },
});
const checkpoints = given.at.split(",").map(Number);
const mostTrials = 120;
const known = recordsIn(given.out);

if (given.table)
  printPairs(
    known.map((run) => ({ ...run, arm: run.power, suite: "costPower" })),
    checkpoints,
    0,
    1e-6,
  );
else runAll();

function runAll() {
  const nameOf = ({ problem, seed, power }) => `${problem} ${seed} ${power}`;
  const done = new Set(known.map(nameOf));
  for (const problem of given.problems.split(","))
    for (let seed = Number(given.first); seed < Number(given.first) + Number(given.seeds); seed++) {
      const task = problem.startsWith("table-") ? tabular(problem) : synthetic(problem, seed);
      const sample = sampleOf(task);
      for (const power of given.powers.split(",").map(Number)) {
        const run = { problem, seed, power };
        if (!done.has(nameOf(run))) appendFileSync(given.out, `${JSON.stringify({ ...run, ...resultOf(task, sample, run) })}\n`);
      }
    }
}

function tabular(id) {
  const facts = tableFacts(id.slice("table-".length));
  const fn = tableFunction(facts, readTable(tablesFolder(process.env), facts));
  return { space: fn.space, regret: (config) => fn.evaluate(config) - fn.optimum.value, seconds: fn.seconds };
}

function synthetic(id, seed) {
  const fn = testFunction(id);
  const names = fn.bounds.map((_, axis) => `x${axis}`);
  const space = createSpace(names.map((name, axis) => [name, real(...fn.bounds[axis])]));
  const source = stream(derive(root("costs"), id, seed));
  const direction = names.map(() => source.normal());
  const length = direction.reduce((sum, one) => sum + Math.abs(one), 0);
  const along = (unit) => direction.reduce((sum, one, axis) => sum + (one < 0 ? -one * (1 - unit[axis]) : one * unit[axis]), 0) / length;
  return {
    space,
    regret: (config) => fn.evaluate(Float64Array.from(names, (name) => config[name])) - fn.optimum.value,
    seconds: (config) => 100 ** along(encode(space, config)),
  };
}

/** The mean cost and the median regret of 2,000 random configurations. */
function sampleOf({ space, regret, seconds }) {
  const configs = Array.from({ length: 2000 }, (_, index) => uniformConfig(space, derive(root("costs sample"), index)));
  return {
    seconds: configs.reduce((sum, config) => sum + seconds(config) / configs.length, 0),
    regret: quantile(configs.map(regret), 0.5),
  };
}

function resultOf({ space, regret, seconds }, sample, { problem: id, seed, power }) {
  const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
  const strategy = createStrategy("bayesopt", { askEffort: 500, costPower: power, initial: space.dims + 1 });
  const study = startStudy({ problem, strategy, seed: `${id} ${seed}` });
  const regrets = checkpoints.map(() => null);
  let [best, spent, trials] = [Infinity, 0, 0];
  while (spent < checkpoints.at(-1) * sample.seconds && trials < mostTrials) {
    const [job] = study.ask().jobs;
    const costSeconds = seconds(job.config);
    spent += costSeconds;
    checkpoints.forEach((at, index) => {
      if (spent > at * sample.seconds) regrets[index] ??= best;
    });
    best = Math.min(best, regret(job.config) / sample.regret);
    study.tell(job.id, { values: [regret(job.config)], costSeconds });
    trials++;
  }
  return { regrets: regrets.map((one) => one ?? best), trials };
}
