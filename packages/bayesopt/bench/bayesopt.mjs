/**
 * Sample efficiency: `npm run bench:bayesopt -- [options]` builds and prints, for each problem, the median simple regret over seeds with
 * its quartiles, and its target. One configuration for all problems; noise-free unless the suite says otherwise; one trial at a time.
 * Boxes are cropped per seed (`--uncropped` takes the standard ones).
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { printComparison } from "./compare.mjs";
import { assignment, contenderOf } from "./contenders.mjs";
import { runAll } from "./pool.mjs";
import { croppedByDefault, makeInstance, suite, suiteNames } from "./suites.mjs";
import { printGroups, printScores, printTable } from "./table.mjs";

const usage = `options
  --suite NAME           ${suiteNames.join(", ")} (classical)
  --strategy NAME        who takes part (bayesopt); may be repeated. A strategy of @caviar-hpo/tune, with options as in bayesopt,name=value;
                         path.mjs#export, a function of options that makes a strategy; or a Python optimiser: peer:optuna-gp,
                         peer:optuna-gp-deterministic, peer:optuna-tpe, peer:optuna-tpe-group, peer:botorch (benchmarks/peers)
  --set-option NAME=V    an option for all of them but peers; may be repeated
  --beside FILE          show an earlier result of the same suite, boxes and seeds in the same table; may be repeated
  --seeds N | A-B        seeds 1 to N, or A to B (20); on bbob they are the instances
  --only TEXT            problems whose id has TEXT in it; may be repeated
  --dimensions A,B       of bbob (2,3,5,10)
  --budget N             at most so many trials a run
  --cropped, --uncropped whether boxes are cropped per seed (classical, mixed and noisy: cropped)
  --long                 with Ackley-10 at 200 trials
  --jobs N               child processes (2)
  --json FILE            the runs, as data
  --compare A B          print how the first contenders of two such files differ, or the first two of one; runs nothing
`;
const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: "string", default: "classical" },
    strategy: { type: "string", multiple: true, default: ["bayesopt"] },
    beside: { type: "string", multiple: true, default: [] },
    "set-option": { type: "string", multiple: true, default: [] },
    seeds: { type: "string", default: "20" },
    only: { type: "string", multiple: true, default: [] },
    dimensions: { type: "string", default: "2,3,5,10" },
    budget: { type: "string", default: "1000" },
    cropped: { type: "boolean", default: false },
    uncropped: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    jobs: { type: "string", default: "2" },
    json: { type: "string" },
    compare: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const print = (line) => process.stdout.write(`${line}\n`);

if (given.help) print(usage);
else if (given.compare) compareFiles(positionals);
else await measure();

/** The first contenders of two files, or the first two of one. */
function compareFiles(files) {
  if (files.length !== 1 && files.length !== 2) throw new RangeError(`--compare: expected one file or two, got ${files.length}.`);
  const results = files.map((file) => ({ file, ...JSON.parse(readFileSync(file, "utf8")) }));
  const [a, b] = results.flatMap(({ contenders, ...rest }) =>
    contenders.slice(0, 3 - files.length).map((contender) => ({ ...rest, contender })),
  );
  if (b === undefined) throw new RangeError(`--compare: ${files[0]} has one contender only.`);
  if (a.suite !== b.suite || a.cropped !== b.cropped) throw new RangeError("The two results are of different suites or boxes.");
  const described = ({ file, contender, records }) => ({
    name: `${describe(contender)} in ${file}`,
    records: records.filter((record) => record.contender === contender.label),
  });
  const entries = suite(a.suite, a.suiteOptions).filter(({ id }) => a.records.some(({ problem }) => problem === id));
  printComparison(
    print,
    entries.map((entry) => shortened(entry, Math.min(a.budget, b.budget))),
    described(a),
    described(b),
  );
}

async function measure() {
  if (given.cropped && given.suite === "bbob") throw new RangeError("--cropped: BBOB places its optima at random, its boxes stay whole.");
  const cropped = given.uncropped ? false : given.cropped || croppedByDefault(given.suite);
  const suiteOptions = { dimensions: given.dimensions.split(",").map(Number), long: given.long };
  const most = whole("--budget", given.budget);
  const entries = suite(given.suite, suiteOptions)
    .filter(({ id }) => given.only.length === 0 || given.only.some((text) => id.includes(text)))
    .map((entry) => shortened(entry, most));
  const seeds = seedsOf(given.seeds);
  const shared = Object.fromEntries(given["set-option"].map(assignment));
  const running = given.strategy.map((text) => contenderOf(text, shared));
  const tasks = running.flatMap((contender) =>
    entries.flatMap(({ id, budget, checkpoints }) => {
      const settings = { contender, cropped, budget, checkpoints: checkpoints.map(({ at }) => at) };
      return seeds.map((seed) => ({ suiteName: given.suite, suiteOptions, id, seed, settings }));
    }),
  );
  if (tasks.length === 0) throw new RangeError("--only: no problem has that in its id.");
  print(
    `Node ${process.version}, ${cpus()[0].model}; ${running.map(describe).join(", ")}; suite ${given.suite}, ${cropped ? "boxes cropped per seed" : "standard boxes"}, seeds ${seeds[0]} to ${seeds.at(-1)}\n`,
  );
  const ran = await runAll(tasks, whole("--jobs", given.jobs));
  if (given.json !== undefined) {
    const kept = {
      suite: given.suite,
      suiteOptions,
      cropped,
      budget: most,
      contenders: running,
      seeds,
      node: process.version,
      records: ran,
    };
    writeFileSync(given.json, `${JSON.stringify(kept)}\n`);
  }
  const earlier = given.beside.map((file) => besides(file, cropped, seeds));
  const contenders = [...running, ...earlier.flatMap((result) => result.contenders)];
  const records = [...ran, ...earlier.flatMap((result) => result.records)];
  const failed = printTable(print, entries, records, contenders);
  if (given.suite === "bbob") printGroups(print, entries, records, contenders);
  if (given.suite === "ax") {
    if (!cropped) print("\nStandard boxes: who tries the centre first has solved Ackley and Griewank.");
    const optima = Object.fromEntries(entries.map((entry) => [entry.id, makeInstance(entry, 1, cropped).optimum]));
    printScores(print, entries, records, contenders, optima);
  }
  if (failed === 0) return;
  print(`\n${failed} runs FAILED; the first:\n${records.find(({ error }) => error !== undefined).error}`);
  process.exitCode = 1;
}

/** An earlier result, its contenders marked by their file, so that the table can show two runs of one strategy. */
function besides(file, cropped, seeds) {
  const result = JSON.parse(readFileSync(file, "utf8"));
  if (result.suite !== given.suite || result.cropped !== cropped)
    throw new RangeError(`--beside ${file}: of another suite or other boxes.`);
  const marked = (label) => `${label} (${basename(file)})`;
  return {
    contenders: result.contenders.map((one) => ({ ...one, label: marked(one.label) })),
    records: result.records
      .filter(({ seed }) => seeds.includes(seed))
      .map((record) => ({ ...record, contender: marked(record.contender) })),
  };
}

function describe({ name, options }) {
  return [name, ...Object.entries(options).map(([option, value]) => `${option}=${value}`)].join(" ");
}

/** With at most so many trials, and the checkpoints within them. */
function shortened(entry, most) {
  const budget = Math.min(entry.budget, most);
  const checkpoints = entry.checkpoints.filter(({ at }) => at <= budget);
  return { ...entry, budget, checkpoints: checkpoints.length > 0 ? checkpoints : [{ at: budget, target: null, known: null }] };
}

function seedsOf(text) {
  const [first, last] = text.includes("-") ? text.split("-") : ["1", text];
  const from = whole("--seeds", first);
  const to = whole("--seeds", last);
  if (to < from) throw new RangeError(`--seeds: expected N or A-B with A <= B, got ${text}.`);
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

function whole(option, text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`${option}: expected a whole number from 1, got ${text}.`);
  return number;
}
