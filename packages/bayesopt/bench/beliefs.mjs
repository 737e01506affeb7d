/**
 * What beliefs gain and cost: `npm run bench:beliefs -- --out FILE [options]` runs strategies with a good belief, a bad one and none, and
 * appends a line of JSON for each run to FILE. Runs that the file has are not repeated. `--table` prints tables from the file instead: each
 * strategy with beliefs against itself without, or, with `--by strategy`, all strategies against the first of `--strategies` with the same
 * belief. `--strategies` also takes the variants of priorBandVariants.mjs, such as `priorBand:late`.
 *
 * The good belief is a normal density with a standard deviation of 0.15 of each range, around the minimiser moved by 0.05 of the range
 * (normal, by the seed). The bad one has the same width around the worst of 200 random points. On problems with a fidelity, a run is a
 * simulated training at equal resource.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { believe, createSpace, derive, real, root, simulate, startStudy, stream } from "@caviar-hpo/core";
import { asProblem, jobSeconds, multiFidelityFunction, testFunction } from "@caviar-hpo/objectives";
import { createStrategy } from "@caviar-hpo/tune";
import { printPairs } from "./pairedTables.mjs";
import { priorBandVariant } from "./priorBandVariants.mjs";
import { recordsIn } from "./records.mjs";

const { values: given } = parseArgs({
  options: {
    out: { type: "string", default: "beliefs.jsonl" },
    problems: { type: "string", default: "branin,hartmann6,levy-d5,rosenbrock-d5" },
    strategies: { type: "string", default: "bayesopt,tpe" },
    beliefs: { type: "string", default: "none,good,bad" },
    options: { type: "string", default: "{}" },
    first: { type: "string", default: "1" },
    seeds: { type: "string", default: "10" },
    at: { type: "string", default: "10,20,40" },
    table: { type: "boolean", default: false },
    by: { type: "string", default: "belief" },
  },
});
const checkpoints = given.at.split(",").map(Number);
const [width, moved] = [0.15, 0.05];

const known = recordsIn(given.out);

if (given.table && given.by === "belief") printByBelief();
else if (given.table) printByStrategy(given.strategies.split(",")[0]);
else runAll();

function printByBelief() {
  const runs = known.map((run) => ({ ...run, arm: run.belief, suite: `${run.strategy} ${run.options}` }));
  printPairs(runs, checkpoints, "none");
}

function printByStrategy(reference) {
  const runs = known.map((run) => ({ ...run, arm: run.strategy, suite: `belief: ${run.belief}` }));
  printPairs(runs, checkpoints, reference);
}

function runAll() {
  const nameOf = ({ problem, seed, strategy, belief, options }) => `${problem} ${seed} ${strategy} ${belief} ${options}`;
  const done = new Set(known.map(nameOf));
  for (let seed = Number(given.first); seed < Number(given.first) + Number(given.seeds); seed++)
    for (const problem of given.problems.split(","))
      for (const strategy of given.strategies.split(","))
        for (const belief of given.beliefs.split(",")) {
          const run = { problem, seed, strategy, belief, options: given.options };
          if (done.has(nameOf(run))) continue;
          const fn = problem.startsWith("curves") ? multiFidelityFunction(problem) : testFunction(problem);
          const regrets = problem.startsWith("curves") ? trainedRegrets(fn, run) : regretsOf(fn, run);
          appendFileSync(given.out, `${JSON.stringify({ ...run, regrets })}\n`);
        }
}

function strategyFor({ strategy }) {
  if (strategy.startsWith("priorBand:")) return priorBandVariant(strategy);
  const searched = ["bayesopt", "gpHyperband", "gpAsha"].includes(strategy) ? { askEffort: 500 } : {};
  return createStrategy(strategy, { ...searched, ...JSON.parse(given.options) });
}

/** Regrets after each checkpoint's number of trials. */
function regretsOf(fn, run) {
  const names = fn.bounds.map((_, axis) => `x${axis}`);
  const plain = createSpace(names.map((name, axis) => [name, real(...fn.bounds[axis])]));
  const at = (config) => Float64Array.from(names, (name) => config[name]);
  const evaluate = (config) => fn.evaluate(at(config)) - fn.optimum.value;
  const good = Object.fromEntries(names.map((name, axis) => [name, fn.minimisers[0][axis]]));
  const problem = {
    space: believedSpace(plain, run, good, evaluate),
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: null,
    resumable: false,
  };
  const study = startStudy({ problem, strategy: strategyFor(run), seed: `${run.problem} ${run.seed}` });
  const regrets = [];
  let best = Infinity;
  for (let trial = 1; trial <= Math.max(...checkpoints); trial++) {
    const [job] = study.ask().jobs;
    const value = evaluate(job.config);
    best = Math.min(best, value);
    study.tell(job.id, { values: [value] });
    if (checkpoints.includes(trial)) regrets.push(best);
  }
  return regrets;
}

/** Regrets of the incumbent after each checkpoint's full trainings' worth of resource. */
function trainedRegrets(fn, run) {
  const problem = asProblem(fn);
  const truth = (config) => fn.truth(config) - fn.optimum.value;
  const good = fn.minimiser ?? bestOf(problem.space, truth);
  const space = believedSpace(problem.space, run, good, truth);
  const study = startStudy({ problem: { ...problem, space }, strategy: strategyFor(run), seed: `${run.problem} ${run.seed}` });
  const full = problem.fidelity.max;
  const world = {
    seconds: (config, from, until) => jobSeconds(fn, config, from, until),
    evaluate: ({ config, trial }, epochs) => ({ values: [fn.evaluate(config, epochs, derive(root("beliefs"), run.seed, trial))] }),
  };
  const { incumbents } = simulate(study, world, { resource: Math.max(...checkpoints) * full });
  return checkpoints.map((trainings) => {
    const last = incumbents.filter(({ resource }) => resource <= trainings * full).at(-1);
    return last === undefined ? null : truth(study.history.trials[last.trial].config);
  });
}

/** The best of 20,000 random points. */
function bestOf(space, truth) {
  const configs = randomConfigs(space, 20_000, root("minimiser"));
  return configs.reduce((best, config) => (truth(config) < truth(best) ? config : best));
}

function randomConfigs({ params }, count, key) {
  const source = stream(key);
  return Array.from({ length: count }, () =>
    Object.fromEntries(params.map(([name, { low, high }]) => [name, low + source.uniform() * (high - low)])),
  );
}

function believedSpace(space, { problem, seed, belief }, good, evaluate) {
  if (belief === "none") return space;
  const key = derive(root("beliefs"), problem, seed);
  const worst = () =>
    randomConfigs(space, 200, derive(key, "bad")).reduce((most, config) => (evaluate(config) > evaluate(most) ? config : most));
  const centre = belief === "good" ? good : worst();
  const source = stream(derive(key, "moved"));
  return believe(space, {
    params: Object.fromEntries(
      space.params.map(([name, { low, high }]) => {
        const near = centre[name] + moved * source.normal() * (high - low);
        return [name, { near: Math.min(high, Math.max(low, near)), sd: width }];
      }),
    ),
  });
}
