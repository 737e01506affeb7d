/**
 * Strategies with a model that decide how far to train, against those without. `npm run bench:fidelity -- --out FILE [options]` runs them
 * on simulated training at equal resource, and appends a line of JSON for each run to FILE. Runs that the file has are not repeated.
 * `--table` prints tables from the file instead.
 *
 * A run is a strategy on a problem with a seed, which crops the box. After 2, 5, 10 and 20 full trainings' worth of resource, it keeps the
 * regret of the incumbent: the value that the incumbent would have after a full training without noise, less the minimum.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { derive, root, simulate, startStudy } from "@caviar-hpo/core";
import { asProblem, jobSeconds, multiFidelityFunction, multiFidelityInstance } from "@caviar-hpo/objectives";
import { createStrategy } from "@caviar-hpo/tune";
import { recordsIn } from "../../bayesopt/bench/records.mjs";
import { printTables } from "./fidelityTables.mjs";

const { values: given } = parseArgs({
  options: {
    out: { type: "string", default: "fidelity.jsonl" },
    problems: {
      type: "string",
      default: "curves-crossing-hartmann6,curves-crossing-branin,curves-loose-hartmann6,curves-noisy-hartmann6",
    },
    strategies: { type: "string", default: "random,asha,hyperband,bohb,bayesopt,gpHyperband,gpAsha,freezeThaw" },
    first: { type: "string", default: "101" },
    seeds: { type: "string", default: "20" },
    trainings: { type: "string", default: "20" },
    table: { type: "boolean", default: false },
  },
});

/** All Gaussian processes search their acquisition with the effort that is the default of freezeThaw. */
const options = { bayesopt: { askEffort: 500 }, gpHyperband: { askEffort: 500 }, gpAsha: { askEffort: 500 } };
const checkpoints = [2, 5, 10, 20].filter((trainings) => trainings <= Number(given.trainings));
const problems = given.problems.split(",");
const known = recordsIn(given.out);

if (given.table) printTables(known, checkpoints);
else runAll();

function runAll() {
  const functions = new Map(problems.map((id) => [id, multiFidelityFunction(id)]));
  const done = new Set(known.map(nameOf));
  for (let index = 0; index < Number(given.seeds); index++)
    for (const problem of problems)
      for (const strategy of given.strategies.split(",")) {
        const run = { problem, seed: Number(given.first) + index, strategy };
        if (!done.has(nameOf(run))) appendFileSync(given.out, `${JSON.stringify({ ...run, ...resultOf(functions.get(problem), run) })}\n`);
      }
}

function nameOf({ problem, seed, strategy }) {
  return `${problem} ${seed} ${strategy}`;
}

function resultOf(base, { problem, seed, strategy }) {
  const key = derive(root(`fidelity models ${problem}`), seed);
  const fn = multiFidelityInstance(base, derive(key, "instance"));
  const noise = derive(key, "noise");
  const study = startStudy({ problem: asProblem(fn), strategy: createStrategy(strategy, options[strategy] ?? {}), seed });
  const world = {
    seconds: (config, from, until) => jobSeconds(fn, config, from, until),
    evaluate: ({ config }, fidelity) => (fn.feasible(config) ? { values: [fn.evaluate(config, fidelity, noise)] } : { infeasible: true }),
  };
  const { max } = fn.fidelity;
  const before = process.cpuUsage();
  const { incumbents, jobs } = simulate(study, world, { resource: Number(given.trainings) * max });
  const { user, system } = process.cpuUsage(before);
  const regretAfter = (trainings) => {
    const incumbent = incumbents.filter(({ resource }) => resource <= trainings * max * (1 + 1e-9)).at(-1);
    return incumbent === undefined ? null : fn.truth(study.history.trials[incumbent.trial].config) - fn.optimum.value;
  };
  return {
    regrets: Object.fromEntries(checkpoints.map((trainings) => [trainings, regretAfter(trainings)])),
    trials: study.history.trials.length,
    jobs,
    milliseconds: Math.round((user + system) / 1000),
  };
}
