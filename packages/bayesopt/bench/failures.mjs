/**
 * How many trials fail, and whether the best value at the edge of what succeeds is found: `npm run bench:failures -- [options]` builds,
 * runs strategies on the problems of failureProblems.mjs, and prints a row for each. With `--chance`, trials fail at random instead, one in
 * ten of them anywhere, and the regret is compared with that of the same seeds without failures.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { createSpace, derive, real, root, startStudy, stream } from "@caviar-hpo/core";
import { createStrategy } from "@caviar-hpo/tune";
import { chanceProblems, failureProblems, failureShares } from "./failureProblems.mjs";
import { mean, quantile, signTest } from "./statistics.mjs";

const usage = `options
  --seeds N       runs of each strategy on each problem (20)
  --first N       seed of the first run (1)
  --strategy S    may be repeated (bayesopt, tpe)
  --only NAME     one problem; may be repeated
  --labels        failures are told as a constraint that says yes or no
  --chance        trials fail at random
  --json FILE     where the records go
`;
const { values: given } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    first: { type: "string", default: "1" },
    strategy: { type: "string", multiple: true, default: ["bayesopt", "tpe"] },
    only: { type: "string", multiple: true, default: [] },
    labels: { type: "boolean", default: false },
    chance: { type: "boolean", default: false },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const [trials, early] = [50, 20];
const print = (line) => process.stdout.write(`${line}\n`);
const seeds = Array.from({ length: Number(given.seeds) }, (_, index) => Number(given.first) + index);
const chosen = (problems) => problems.filter(({ id }) => given.only.length === 0 || given.only.includes(id));
const records = [];

if (given.help) print(usage);
else if (given.chance) for (const problem of chosen(chanceProblems)) given.strategy.forEach((strategy) => compareChance(problem, strategy));
else {
  print(
    "problem        blind  strategy  share of failures after trial 20: mean, greatest, greatest after the first success   gap to the optimum: median, greatest   within 1 %",
  );
  for (const problem of chosen(failureProblems)) given.strategy.forEach((strategy) => measure(problem, strategy));
}
if (given.json !== undefined) {
  const machine = `${cpus()[0].model}, ${cpus().length} processors`;
  writeFileSync(given.json, `${JSON.stringify({ node: process.version, machine, trials, early, records })}\n`);
}

function measure(problem, strategy) {
  const runs = seeds.map((seed) => {
    const { succeeded, best } = run(problem, strategy, seed, (x) => problem.succeeds(x));
    return { seed, ...failureShares(succeeded, early), gap: (best - problem.optimum) / problem.range };
  });
  records.push(...runs.map((one) => ({ problem: problem.id, strategy, told: given.labels ? "labels" : "failures", ...one })));
  const [shares, gaps] = [runs.map(({ share }) => share), runs.map(({ gap }) => gap)];
  const found = gaps.filter((gap) => gap <= 0.01).length;
  const percent = (part) => `${(100 * part).toFixed(0)} %`.padStart(5);
  print(
    [
      problem.id.padEnd(14),
      percent(blindShare(problem)),
      strategy.padEnd(9),
      percent(mean(shares)),
      percent(Math.max(...shares)),
      percent(Math.max(...runs.map(({ informedShare }) => informedShare))),
      quantile(gaps, 0.5).toExponential(1),
      Math.max(...gaps).toExponential(1),
      `${found} of ${gaps.length}`,
    ].join("  "),
  );
}

/** Of the same seeds, with failures and without. */
function compareChance(problem, strategy) {
  const pairs = seeds.map((seed) => {
    const chance = stream(derive(root("chance"), problem.id, seed));
    const failing = Array.from({ length: trials }, () => chance.uniform() < 0.1);
    const regret = (succeeds) => run(problem, strategy, seed, succeeds).best - problem.optimum;
    return { seed, without: regret(() => true), with: regret((_, trial) => !failing[trial]) };
  });
  records.push(...pairs.map((one) => ({ problem: problem.id, strategy, told: "chance", ...one })));
  const median = (which) =>
    quantile(
      pairs.map((pair) => pair[which]),
      0.5,
    ).toExponential(1);
  const [worse, better] = [
    pairs.filter((pair) => pair.with > pair.without).length,
    pairs.filter((pair) => pair.with < pair.without).length,
  ];
  print(
    `${problem.id.padEnd(14)} ${strategy.padEnd(9)} regret without failures ${median("without")}, with ${median("with")}; better:worse ${better}:${worse}, p = ${signTest(better, worse).toFixed(2)}`,
  );
}

/** Which trials succeeded, and their best value. */
function run({ d, id, value }, strategy, seed, succeeds) {
  const names = Array.from({ length: d }, (_, axis) => `x${axis}`);
  const space = createSpace(Object.fromEntries(names.map((name) => [name, real(0, 1)])));
  const constraints = given.labels ? ["succeeds"] : [];
  const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints, fidelity: null, resumable: false };
  const study = startStudy({ problem, strategy: createStrategy(strategy, {}), seed: `${id} ${seed}` });
  const succeeded = [];
  let best = Infinity;
  for (let trial = 0; trial < trials; trial++) {
    const [job] = study.ask().jobs;
    const x = names.map((name) => job.config[name]);
    const passed = succeeds(x, trial);
    succeeded.push(passed);
    if (passed) best = Math.min(best, value(x));
    if (given.labels) study.tell(job.id, { values: [value(x)], constraints: [passed ? -1 : 1] });
    else if (passed) study.tell(job.id, { values: [value(x)] });
    else study.fail(job.id, "threw");
  }
  return { succeeded, best };
}

/** The part of the cube where trials fail, by 100,000 uniform points. */
function blindShare({ d, succeeds }) {
  const source = stream(root("blind"));
  const count = 100_000;
  let failures = 0;
  for (let point = 0; point < count; point++) if (!succeeds(Array.from({ length: d }, () => source.uniform()))) failures++;
  return failures / count;
}
