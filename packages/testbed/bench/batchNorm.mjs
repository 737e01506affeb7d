/**
 * What batch norm does, measured: every number of docs/batch-norm-measured.md. `npm run bench:batchnorm` builds, trains the networks
 * below and writes what they did to docs/figures/batch-norm.jsonl, one line a run; `npm run docs:figures` then draws the page's figures and
 * fills its tables. The numbers are the same on every machine: everything is keyed by its seed.
 *
 * Arguments: threads (as many as processors); names of experiments, to run only these and leave the others' numbers as they are.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { Worker } from "node:worker_threads";
import { experiments } from "./batchNorm/experiments.mjs";

const [threads = String(cpus().length), ...names] = process.argv.slice(2);
const file = new URL("../../../docs/figures/batch-norm.jsonl", import.meta.url);

const chosen = Object.keys(experiments).filter((name) => names.length === 0 || names.includes(name));
const tasks = chosen.flatMap((name) => experiments[name].jobs.map((job) => ({ name, job })));
const results = new Array(tasks.length);
const seconds = Object.fromEntries(chosen.map((name) => [name, 0]));
const started = performance.now();
let next = 0;
await Promise.all(Array.from({ length: Number(threads) }, work));

const earlier = existsSync(file)
  ? readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
  : [];
const runsOf = (experiment) =>
  chosen.includes(experiment)
    ? tasks.flatMap(({ name, job }, index) => (name === experiment ? [{ experiment, ...job, ...results[index] }] : []))
    : earlier.filter((run) => run.experiment === experiment);
const lines = Object.keys(experiments).flatMap((name) => runsOf(name).map((run) => JSON.stringify(run, rounded)));
writeFileSync(file, `${lines.join("\n")}\n`);
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${tasks.length} runs, ${((performance.now() - started) / 1000).toFixed(0)} s on ${threads} threads of ${cpus()[0].model}, Node ${process.version}; ${((user + system) / 1e6).toFixed(0)} s of processor time\n`,
);
for (const name of chosen) process.stdout.write(`  ${name}: ${seconds[name].toFixed(0)} s of one thread\n`);

function work() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./batchNorm/worker.mjs", import.meta.url));
    let current = -1;
    const give = () => {
      current = next;
      next++;
      if (current < tasks.length) worker.postMessage(tasks[current]);
      else worker.terminate().then(resolve, reject);
    };
    worker.on("message", ({ result, elapsed }) => {
      results[current] = result;
      seconds[tasks[current].name] += elapsed;
      give();
    });
    worker.on("error", reject);
    give();
  });
}

/** Five digits are more than any figure or table shows. What is not finite becomes null. */
function rounded(_key, value) {
  return typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}
