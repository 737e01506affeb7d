/**
 * When `auto` should leave the Gaussian process. `node packages/tune/bench/handOver.mjs --write` runs `bayesopt` for 300 trials on
 * functions of BBOB in five dimensions, hands over to `cmaes` after 50, 100, 200 or 300 of them, and continues to 1000 trials. It writes
 * the regrets to handOver.json. Without `--write`, it prints the means of that file. Build first. A run takes some 10 seconds of CPU; there
 * are 16.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { startStudy } from "@caviar-hpo/core";
import { asProblem, testFunction, toPoint } from "@caviar-hpo/objectives";
import { createStrategy } from "@caviar-hpo/tune";

const file = new URL("handOver.json", import.meta.url);
const [most, trials] = [300, 1000];
const handOvers = [50, 100, 200, 300];
const after = [100, 200, 300, 400, 500, 700, 1000];
const functions = [1, 3, 6, 8, 10, 15, 20, 21];
const instances = [1, 2];

if (process.argv.includes("--write")) writeFileSync(file, `${JSON.stringify({ after, runs: instances.flatMap(runsOf) })}\n`);
print(JSON.parse(readFileSync(file, "utf8")));

/** The seed of a run is its instance. */
function runsOf(instance) {
  return functions.flatMap((number) => {
    const problem = `bbob-f${number}-d5-i${instance}`;
    const fn = testFunction(problem);
    const bayesopt = search(fn, instance, "bayesopt", [], most);
    const rows = [
      ...handOvers.map((handOver) => [
        `bayesopt, cmaes after ${handOver}`,
        search(fn, instance, "cmaes", bayesopt.slice(0, handOver), trials),
      ]),
      ["cmaes", search(fn, instance, "cmaes", [], trials)],
    ];
    return rows.map(([name, found]) => ({ problem, name, regrets: regretsOf(fn, found) }));
  });
}

/** The trials of a strategy that has observed some. */
function search(fn, seed, name, observed, count) {
  const study = startStudy({ problem: asProblem(fn), strategy: createStrategy(name), seed });
  for (const { config, value } of observed) study.observe(config, { values: [value] });
  const found = [...observed];
  while (found.length < count) {
    const [{ id, config }] = study.ask().jobs;
    const value = fn.evaluate(toPoint(fn, config));
    study.tell(id, { values: [value] });
    found.push({ config, value });
  }
  return found;
}

function regretsOf(fn, found) {
  return after.map((count) => Math.min(...found.slice(0, count).map(({ value }) => value)) - fn.optimum.value);
}

/** Means of log10 of the regret, which counts as at least 1e-8. */
function print({ runs }) {
  for (const name of new Set(runs.map((run) => run.name))) {
    const own = runs.filter((run) => run.name === name);
    const means = after.map((_, at) => own.reduce((sum, { regrets }) => sum + Math.log10(Math.max(1e-8, regrets[at])) / own.length, 0));
    process.stdout.write(`${name.padEnd(26)} ${means.map((mean) => mean.toFixed(2).padStart(6)).join(" ")}\n`);
  }
}
