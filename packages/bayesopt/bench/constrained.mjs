/**
 * What constraints between parameters cost and what is found under them: `npm run bench:constrained -- [options]` builds and
 * prints the regret after 60 evaluations of bayesopt, tpe and random points of the feasible part, on problems with known optima.
 * With CAVIAR_PYTHON (default python3), Optuna's TPE by rejection, and Ax, which is told the linear inequalities, and by rejection for the
 * others. `--json` writes the records. `--costs` prints the time of a suggestion at shrinking feasible parts instead.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { checkConfig, constrain, createSpace, startStudy } from "@caviar-hpo/core";
import { createStrategy } from "@caviar-hpo/tune";
import { suggestionCosts } from "./constrainedCosts.mjs";
import { constrainedProblems } from "./constrainedProblems.mjs";
import { closePeers, contenderOf, openContender } from "./contenders.mjs";
import { quantile, signTest } from "./statistics.mjs";
import { short } from "./table.mjs";

const usage = `options
  --seeds N       runs of each contender (10)
  --first N       seed of the first run (1)
  --budget N      evaluations of a run (60)
  --only NAME     one problem; may be repeated
  --contender C   one of bayesopt, tpe, random, peer:optuna-tpe, peer:ax; may be repeated (all)
  --json FILE     where the records go
  --costs         instead, the time of a suggestion at shrinking feasible parts
`;
const contenders = ["bayesopt", "tpe", "random", "peer:optuna-tpe", "peer:ax"];
const { values: given } = parseArgs({
  options: {
    seeds: { type: "string", default: "10" },
    first: { type: "string", default: "1" },
    budget: { type: "string", default: "60" },
    only: { type: "string", multiple: true, default: [] },
    contender: { type: "string", multiple: true, default: contenders },
    json: { type: "string" },
    costs: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const print = (line) => process.stdout.write(`${line}\n`);
/** Proposals that a peer may spend in one run, feasible or not. */
const mostProposals = 1000;
const checkpoints = [20, 40, 60];
/** Of the peers. */
const versions = {};

if (given.help) print(usage);
else if (given.costs) write({ costs: suggestionCosts(print) });
else await measure().finally(closePeers);

async function measure() {
  const [seeds, budget] = [Number(given.seeds), Number(given.budget)];
  const at = [...checkpoints.filter((one) => one < budget), budget];
  print(
    `regret of the best feasible value, median [quartiles] of ${seeds} seeds; p of bayesopt's paired sign test against the contender\n`,
  );
  const records = [];
  for (const problem of constrainedProblems.filter(({ id }) => given.only.length === 0 || given.only.includes(id))) {
    for (const name of given.contender) {
      const reason = await runAll(problem, name, { seeds, budget, records });
      const own = records.filter((record) => record.problem === problem.id && record.contender === name);
      if (reason === null) printRow(problem, name, own, { at, records });
      else print(`${problem.id.padEnd(12)} ${name.padEnd(16)} left out: ${reason}`);
    }
    print("");
  }
  write({ seeds, budget, records });
}

function write(results) {
  const machine = `${cpus()[0].model}, ${cpus().length} processors`;
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify({ node: process.version, machine, versions, ...results })}\n`);
}

/** null, or why the contender cannot take part. */
async function runAll(problem, name, { seeds, budget, records }) {
  for (let seed = Number(given.first); seed < Number(given.first) + seeds; seed++) {
    try {
      const run = name.startsWith("peer:") ? await runPeer(problem, name, seed, budget) : runOwn(problem, name, seed, budget);
      records.push({ problem: problem.id, contender: name, seed, ...run });
    } catch (error) {
      return error.message
        .split("\n")
        .filter((line) => line !== "")
        .at(-1);
    }
  }
  return null;
}

function runOwn(problem, name, seed, budget) {
  const space = constrain(createSpace(problem.shape), problem.where);
  const study = startStudy({ problem: problemOf(space), strategy: createStrategy(name, {}), seed: `${problem.id} ${seed}` });
  const regrets = follow(problem);
  const before = process.cpuUsage();
  for (let trial = 0; trial < budget; trial++) {
    const [job] = study.ask().jobs;
    if (job === undefined) break;
    const value = problem.evaluate(checkConfig(space, job.config));
    regrets.take(value);
    study.tell(job.id, { values: [value] });
  }
  const { user, system } = process.cpuUsage(before);
  return { regrets: regrets.all, proposals: regrets.all.length, milliseconds: (user + system) / 1000 / regrets.all.length };
}

/** Proposals are asked for until one is feasible. Ax is told the linear constraints: it knows no others. */
async function runPeer(problem, name, seed, budget) {
  const { shape, where, complete } = problem.forPeers ?? { shape: problem.shape, where: problem.where, complete: (config) => config };
  const space = constrain(createSpace(problem.shape), problem.where);
  const asked = {
    ...problemOf(constrain(createSpace(shape), name === "peer:ax" ? where.filter(({ linear }) => linear !== undefined) : [])),
  };
  const study = await openContender(contenderOf(name), asked, `${problem.id} ${seed}`);
  versions[name] = study.version;
  const regrets = follow(problem);
  let [proposals, spent] = [0, 0];
  while (regrets.all.length < budget && proposals < mostProposals) {
    const { job, milliseconds } = await study.ask();
    proposals++;
    spent += milliseconds;
    const config = complete(job.config);
    if (!isFeasible(space, config)) {
      spent += await study.reject(job.id);
      continue;
    }
    const value = problem.evaluate(config);
    regrets.take(value);
    spent += await study.tell(job.id, value);
  }
  return { regrets: regrets.all, proposals, milliseconds: spent / Math.max(1, regrets.all.length) };
}

function isFeasible(space, config) {
  try {
    checkConfig(space, config);
    return true;
  } catch {
    return false;
  }
}

function problemOf(space) {
  return { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
}

function follow(problem) {
  const all = [];
  return { all, take: (value) => all.push(Math.min(all.at(-1) ?? Infinity, value - problem.optimum)) };
}

function printRow(problem, name, own, { at, records }) {
  const cells = at.map((trial) => {
    const regrets = own.map(({ regrets: all }) => all[Math.min(trial, all.length) - 1] ?? Infinity);
    return `@${trial} ${short(quantile(regrets, 0.5))} [${short(quantile(regrets, 0.25)).trim()}, ${short(quantile(regrets, 0.75)).trim()}]`;
  });
  const last = (record) => record.regrets.at(-1) ?? Infinity;
  const rivals = records.filter((record) => record.problem === problem.id && record.contender === "bayesopt");
  // Below a billionth of a random point's regret, digits are the rounding of the optimum.
  const pairs = own.map((record, n) => [rivals[n] === undefined ? NaN : last(rivals[n]), last(record)]);
  const [wins, losses] = [pairs.filter(([a, b]) => a < b - 1e-9).length, pairs.filter(([a, b]) => b < a - 1e-9).length];
  const test = name === "bayesopt" || rivals.length === 0 ? "" : `  ${wins}:${losses} p ${signTest(wins, losses).toPrecision(2)}`;
  const count = quantile(
    own.map(({ regrets }) => regrets.length),
    0.5,
  );
  const shared = own.reduce((sum, record) => sum + record.proposals, 0) / own.reduce((sum, record) => sum + record.regrets.length, 0);
  const cost = quantile(
    own.map(({ milliseconds }) => milliseconds),
    0.5,
  );
  const rejected =
    shared === Infinity ? ", nothing feasible among the proposals" : shared > 1 ? `, ${shared.toPrecision(3)} proposals each` : "";
  print(
    `${problem.id.padEnd(12)} ${name.padEnd(16)} ${cells.join("  ")}${test}  (${count} evaluations${rejected}, ${cost.toPrecision(3)} ms each)`,
  );
}
