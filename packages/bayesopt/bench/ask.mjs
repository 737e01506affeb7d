/**
 * What an ask costs: `npm run bench:ask -- [options]` builds and prints the mean CPU of consecutive asks, with their tells, refits
 * included, on the sphere without noise, for studies of so many finished trials: strategies of Caviar, and peers in Python where
 * CAVIAR_PYTHON (default python3) has them. Each measurement has a process of its own, warmed up on a small study, one after the other.
 * The strategies of a case follow each other, so a ratio compares times of the same minutes. An interrupted run continues with the first
 * case that its file does not have.
 */
import { fork } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { askTable } from "./askTable.mjs";
import { contenderOf } from "./contenders.mjs";
import { mean, quantile } from "./statistics.mjs";

const usage = `options
  --strategy NAME   as of bench:bayesopt; may be repeated (those of Caviar and the peers of the published table)
  --only TEXT       one case, such as n=300 or 5-D; may be repeated
  --no-peers        without Python
  --memory          the memory of one ask at 5000 trials too, which takes long
  --json FILE       write the results to FILE, after each case, with the machine and its load. Cases that FILE has are not measured again
  --table           measure nothing; print the results of FILE as a table in Markdown
`;
const { values: given } = parseArgs({
  options: {
    strategy: { type: "string", multiple: true, default: [] },
    only: { type: "string", multiple: true, default: [] },
    "no-peers": { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
    json: { type: "string" },
    table: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const print = (line) => process.stdout.write(`${line}\n`);

/** The first is compared with the others, and has goals. */
const engines = ["bayesopt", "random", "sobol", "differentialEvolution", "cmaes", "tpe"];
const peers = ["optuna-tpe", "hyperopt", "pycma", "smac", "hebo", "bayesian-optimization", "optuna-gp-deterministic", "botorch"].map(
  (name) => `peer:${name}`,
);
const cases = [2, 5, 10].flatMap((dimensions) => [25, 100, 300, 1000].map((trials) => ({ dimensions, trials })));
cases.push({ dimensions: 20, trials: 200 });
/** CPU milliseconds of an ask of `bayesopt`, by the name of the case. */
const goals = { "5-D n=100": 20, "5-D n=300": 25, "5-D n=1000": 80, "20-D n=200": 150 };
/** A measurement ends after so many asks, or after three if they have taken so much CPU. */
const most = { asks: 30, cpuSeconds: 8 };

if (given.help) print(usage);
else if (given.table) print(askTable(JSON.parse(readFileSync(given.json, "utf8"))));
else await measure();

async function measure() {
  const names = given.strategy.length > 0 ? given.strategy : [...engines, ...(given["no-peers"] ? [] : peers)];
  print(`${machineOf()}, load ${load()}\nCPU ms of an ask with its tell, sphere without noise`);
  const file = given.json;
  const results = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { conditions: {}, cases: {} };
  for (const one of cases.filter(isChosen)) {
    const name = nameOf(one);
    if (name in results.cases) {
      print(`\n${name} is in ${file}`);
      continue;
    }
    const [began, before] = [new Date().toISOString(), load()];
    results.cases[name] = Object.fromEntries(await measureCase(one, names));
    results.conditions[name] = { machine: machineOf(), began, loadBefore: before, loadAfter: load() };
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  }
  if (given.only.length === 0) await measurePredictions();
  if (given.memory) await measureMemory(names[0]);
}

function machineOf() {
  return `Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors`;
}

/** The mean number of processes that could run, over the last minute. */
function load() {
  return Number(loadavg()[0].toFixed(2));
}

function nameOf({ dimensions, trials }) {
  return `${dimensions}-D n=${trials}`;
}

function isChosen(one) {
  return given.only.length === 0 || given.only.some((text) => nameOf(one) === text || nameOf(one).split(" ").includes(text));
}

/** The name and the costs of each strategy that could be measured. */
async function measureCase(one, names) {
  print(`\n${nameOf(one).padEnd(28)} mean        median      most        asks`);
  const rows = [];
  for (const name of names) {
    const { costs, maxResidentMegabytes, version, error } = await inChild({ ...one, contender: contenderOf(name), ...most });
    if (error !== undefined) {
      print(`  ${name.padEnd(25)} not measured: ${error.split("\n")[0]}`);
      if (!name.startsWith("peer:")) process.exitCode = 1;
      continue;
    }
    const [average, median] = [mean(costs), quantile(costs, 0.5)].map((value) => Number(value.toPrecision(4)));
    const row = { version, asks: costs.length, mean: average, median };
    rows.push([name, row]);
    const times = [row.mean, row.median, Math.max(...costs)].map((value) => milliseconds(value)).join("");
    const [firstName, first] = rows[0];
    const ratio = `${firstName} takes ${Number((first.mean / row.mean).toPrecision(2))} times as much`;
    const remark = row === first ? `${maxResidentMegabytes.toFixed(0)} MB${verdictOf(name, one, row.mean)}` : ratio;
    print(`  ${name.padEnd(25)}${times}${String(row.asks).padStart(8)}   ${remark}`);
  }
  return rows;
}

function verdictOf(name, one, mean) {
  const goal = name === engines[0] ? goals[nameOf(one)] : undefined;
  return goal === undefined ? "" : `, goal ${goal} ms: ${mean <= goal ? "pass" : "FAIL"}`;
}

async function measurePredictions() {
  const { predictionCosts } = await import("./predictions.mjs");
  const { means: alone, both } = predictionCosts();
  const verdict = (value, goal) => `${milliseconds(value)} <= ${String(goal).padStart(4)} ${value <= goal ? "pass" : "FAIL"}`;
  print(`\n1,000 predictions from n=1000: means ${verdict(alone, 10)}, with variances ${verdict(both, 110)}`);
}

async function measureMemory(name) {
  const { error, costs, maxResidentMegabytes } = await inChild({ contender: contenderOf(name), dimensions: 5, trials: 5000, asks: 1 });
  if (error === undefined) {
    const verdict = maxResidentMegabytes <= 600 ? "pass" : "FAIL";
    print(`\n5-D n=5000: ${maxResidentMegabytes.toFixed(0)} MB at most <= 600 ${verdict}, ${milliseconds(costs[0])} an ask`);
  } else {
    print(`\n5-D n=5000 FAILED: ${error}`);
    process.exitCode = 1;
  }
}

function inChild(task) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("askWorker.mjs", import.meta.url)));
    child.on("message", ({ result }) => {
      child.disconnect();
      resolve(result);
    });
    child.on("exit", (code) => reject(new Error(`the worker ended with code ${code}`)));
    child.send(task);
  });
}

function milliseconds(value) {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`.padStart(12);
}
