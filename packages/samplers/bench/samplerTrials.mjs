/**
 * How good the trials of samplers are, by sets of problems, so that two builds, or two samplers, can be compared pair by pair.
 *
 *     node packages/samplers/bench/samplerTrials.mjs run --sets grid,mixed --contender tpe --seeds 24 --out before.jsonl
 *     node packages/samplers/bench/samplerTrials.mjs compare before.jsonl after.jsonl
 *
 * A contender is a strategy by name, or a peer such as peer:optuna-tpe (../../bayesopt/bench/contenders.mjs). A run has one worker. What
 * counts is the share of 10,000 random points of the problem that are better than its best value (pairs.mjs).
 *
 * The sets grid, mixed, rugged and continuous are for choosing defaults. The sets ruggedTest, mixedTest and tables are for reports. Tables
 * are read from the cache of `caviar tables fetch`.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { choice, createSpace, derive, root, uniformConfig } from "@caviar-hpo/core";
import { asProblem, instance, mixedFunction, mixedInstance, testFunction, toPoint } from "@caviar-hpo/objectives";
import { decodeTable, tableFacts, tableFunction, tableNames } from "@caviar-hpo/objectives/tables";
import { closePeers, contenderOf, openContender } from "../../bayesopt/bench/contenders.mjs";
import { compare, shareAmong } from "./pairs.mjs";

const budgets = [20, 50, 100];
const keyOf = (id) => derive(root("bench tpe"), id);
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

const sets = {
  grid: () =>
    [
      ["hartmann6", [4, 6, 3, 8, 4, 6]],
      ["branin", [16, 12]],
      ["ackley-d5", [7, 3, 4, 9, 5]],
      ["levy-d5", [6, 4, 4, 6, 3]],
      ["rosenbrock-d5", [8, 4, 3, 6, 5]],
      ["rastrigin-d4", [10, 6, 8, 5]],
      ["shekel10", [9, 7, 8, 6]],
      ["styblinski-tang-d5", [5, 7, 4, 3, 8]],
    ].map(([id, levels]) => onGrid(id, levels)),
  mixed: () => [
    ...["func2c", "func3c", "jenatton-tree"].map(varied),
    ...mixint([1, 3, 5, 6, 8, 10, 13, 15, 17, 20, 21, 23], (index) => 1 + index),
  ],
  rugged: () => range(1, 24).map((index) => plain(`rugged-i${index}`)),
  continuous: () =>
    ["branin", "hartmann6", "rosenbrock-d5", "ackley-d5", "levy-d5", "shekel10", "rastrigin-d4", "styblinski-tang-d5"].map(cropped),
  ruggedTest: () => range(101, 112).map((index) => plain(`rugged-i${index}`)),
  mixedTest: () => mixint([2, 4, 7, 9, 12, 14, 16, 18, 19, 22, 24, 11], (index) => 101 + (index % 3)),
  tables: () => tableNames.map(tabulated),
};

/** The function at the middles of the cells of a grid: ordered choices, with this many levels for each coordinate. */
function onGrid(id, levels) {
  const { bounds, evaluate } = testFunction(id);
  const params = levels.map((count, k) => [`x${k + 1}`, choice(range(0, count - 1), { ordered: true })]);
  const at = (config, k) => bounds[k][0] + ((bounds[k][1] - bounds[k][0]) * (config[`x${k + 1}`] + 0.37)) / levels[k];
  return { id: `${id}-grid`, space: createSpace(params), value: (config) => evaluate(Float64Array.from(levels, (_, k) => at(config, k))) };
}

function plain(id) {
  const { space, evaluate } = mixedFunction(id);
  return { id, space, value: evaluate };
}

function varied(id) {
  const { space, evaluate } = mixedInstance(mixedFunction(id), keyOf(id));
  return { id, space, value: evaluate };
}

function mixint(functions, instanceOf) {
  return functions.map((number, index) => varied(`bbob-mixint-f${number}-d5-i${instanceOf(index)}`));
}

function cropped(id) {
  const fn = instance(testFunction(id), keyOf(id));
  return { id, space: asProblem(fn).space, value: (config) => fn.evaluate(toPoint(fn, config)) };
}

function tabulated(name) {
  const facts = tableFacts(name);
  const folder = process.env.CAVIAR_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "caviar");
  const { id, space, evaluate } = tableFunction(facts, decodeTable(facts, readFileSync(join(folder, "tables", `${name}.table`))));
  return { id, space, value: evaluate };
}

/** The shares of values among random points. */
function shares({ id, space, value }) {
  const anchors = Float64Array.from({ length: 10_000 }, (_, index) => value(uniformConfig(space, derive(keyOf(id), "anchor", index))));
  return shareAmong(anchors.sort());
}

async function bestsOf({ space, value }, contender, seed, trials) {
  const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
  const study = await openContender(contenderOf(contender), problem, seed);
  const bests = [];
  while (bests.length < trials) {
    const { job } = await study.ask();
    const found = value(job.config);
    await study.tell(job.id, found);
    bests.push(Math.min(found, bests.at(-1) ?? Infinity));
  }
  return bests;
}

async function run({ sets: names, contender, seeds, trials, out }) {
  const counts = budgets.filter((budget) => budget <= Number(trials));
  for (const set of names.split(",")) {
    for (const problem of sets[set]()) {
      const shareOf = shares(problem);
      for (let seed = 0; seed < Number(seeds); seed++) {
        const bests = await bestsOf(problem, contender, seed, Number(trials));
        const at = counts.map((count) => [count, bests[count - 1], shareOf(bests[count - 1])]);
        appendFileSync(out, `${JSON.stringify({ set, problem: problem.id, seed, at })}\n`);
      }
    }
  }
  closePeers();
}

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: "string", default: "grid,mixed,rugged,continuous" },
    contender: { type: "string", default: "tpe" },
    seeds: { type: "string", default: "24" },
    trials: { type: "string", default: "50" },
    out: { type: "string", default: "trials.jsonl" },
  },
});
const [command, ...files] = positionals;
if (command === "compare") compare(files[0], files[1]);
else await run(given);
