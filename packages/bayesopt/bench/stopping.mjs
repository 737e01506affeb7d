/**
 * What the rule of no gain saves and loses: `npm run bench:stopping -- --out FILE [options]` runs `bayesopt` without a limit but a number
 * of trials, and appends a line of JSON for each run to FILE: the best value and the outlook after each trial. Runs that the file has are
 * not repeated. `--table` asks the rule, with several probabilities, when it would have ended each run, and prints the trials that it saves
 * and the regret that it loses.
 *
 * Gain lost is the best value at the stop less the best value at the end of the run, as a share of the distance from the median of the
 * first ten values to the best at the stop. Calibration compares the probability that each outlook gave with how often the rest of the run
 * gained more than its `beyond`.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createSpace, real, startStudy } from "@caviar-hpo/core";
import { testFunction } from "@caviar-hpo/objectives";
import { createStrategy } from "@caviar-hpo/tune";
import { recordsIn } from "./records.mjs";
import { mean, quantile } from "./statistics.mjs";

const { values: given } = parseArgs({
  options: {
    out: { type: "string", default: "stopping.jsonl" },
    problems: { type: "string", default: "branin,hartmann3,hartmann6,levy-d5,rosenbrock-d5,griewank-d4" },
    first: { type: "string", default: "1" },
    seeds: { type: "string", default: "10" },
    trials: { type: "string", default: "60" },
    table: { type: "boolean", default: false },
  },
});
const known = recordsIn(given.out);
const print = (line) => process.stdout.write(`${line}\n`);

if (given.table) printTables();
else runAll();

function runAll() {
  const done = new Set(known.map(({ problem, seed }) => `${problem} ${seed}`));
  for (let seed = Number(given.first); seed < Number(given.first) + Number(given.seeds); seed++)
    for (const problem of given.problems.split(","))
      if (!done.has(`${problem} ${seed}`)) appendFileSync(given.out, `${JSON.stringify({ problem, seed, ...resultOf(problem, seed) })}\n`);
}

function resultOf(id, seed) {
  const fn = testFunction(id);
  const names = fn.bounds.map((_, axis) => `x${axis}`);
  const space = createSpace(names.map((name, axis) => [name, real(...fn.bounds[axis])]));
  const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
  const study = startStudy({ problem, strategy: createStrategy("bayesopt", { askEffort: 500 }), seed: `${id} ${seed}` });
  const values = [];
  for (let trial = 0; trial < Number(given.trials); trial++) {
    const [job] = study.ask().jobs;
    values.push(fn.evaluate(Float64Array.from(names, (name) => job.config[name])) - fn.optimum.value);
    study.tell(job.id, { values: [values.at(-1)] });
  }
  const outlooks = study.outlooks.map(({ trial, probability, beyond, expected }) => ({ trial, probability, beyond, expected }));
  return { values, outlooks };
}

function bestAfter(values, trials) {
  return values.slice(0, trials).reduce((least, value) => Math.min(least, value), Infinity);
}

function printTables() {
  print("\n| rule | problem | stopped | trials saved | regret at the stop | regret at the end | gain lost |");
  print("|---|---|---|---|---|---|---|");
  const problems = [...new Set(known.map(({ problem }) => problem))];
  for (const probability of [0.2, 0.1, 0.05, 0.02])
    for (const problem of [...problems, "all"]) {
      const runs = known.filter((run) => problem === "all" || run.problem === problem);
      const ended = runs.map((run) => ({ run, trials: stopOf(run, probability) }));
      const stopped = ended.filter(({ trials }) => trials !== null);
      const quartiles = (values) => [0.5, 0.25, 0.75].map((p) => shown(quantile(values, p)));
      const cell = (values) => {
        if (values.length === 0) return "";
        const [middle, low, high] = quartiles(values);
        return `${middle} (${low} to ${high})`;
      };
      print(
        `| ${probability} | ${problem} | ${stopped.length} of ${runs.length} | ${cell(stopped.map(({ run, trials }) => run.values.length - trials))} | ${cell(
          stopped.map(({ run, trials }) => bestAfter(run.values, trials)),
        )} | ${cell(stopped.map(({ run }) => bestAfter(run.values, run.values.length)))} | ${cell(stopped.map(lost))} |`,
      );
    }
  printCalibration();
}

/** After how many trials the rule holds; null if it never does. */
function stopOf({ outlooks, values }, probability) {
  const at = outlooks.findIndex(
    (_, index) => index >= 2 && outlooks.slice(index - 2, index + 1).every((one) => one.probability <= probability),
  );
  return at < 0 || outlooks[at].trial + 1 >= values.length ? null : outlooks[at].trial + 1;
}

function lost({ run: { values }, trials }) {
  const best = bestAfter(values, trials);
  return (best - bestAfter(values, values.length)) / (quantile(values.slice(0, 10), 0.5) - best);
}

/** The first half of each run, so that there is a rest of at least as many trials. */
function printCalibration() {
  print("\n| stated probability | outlooks | mean of those stated | share that gained more |");
  print("|---|---|---|---|");
  const stated = known.flatMap(({ values, outlooks }) =>
    outlooks
      .filter(({ trial }) => trial <= values.length / 2)
      .map(({ trial, probability, beyond }) => ({
        probability,
        gained: bestAfter(values, trial) - bestAfter(values, values.length) > beyond ? 1 : 0,
      })),
  );
  for (const [low, high] of [
    [0, 0.05],
    [0.05, 0.3],
    [0.3, 0.7],
    [0.7, 0.95],
    [0.95, 1.01],
  ]) {
    const inside = stated.filter(({ probability }) => probability >= low && probability < high);
    if (inside.length === 0) continue;
    const share = mean(inside.map(({ gained }) => gained));
    print(
      `| ${low} to ${Math.min(1, high)} | ${inside.length} | ${mean(inside.map(({ probability }) => probability)).toFixed(2)} | ${share.toFixed(2)} |`,
    );
  }
}

function shown(value) {
  if (value === 0) return "0";
  return value >= 0.01 && value < 1000 ? value.toPrecision(2) : value.toExponential(1);
}
