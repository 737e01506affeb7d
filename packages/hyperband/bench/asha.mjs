/**
 * ASHA on simulated workers (`simulate` of @caviar-hpo/core). First what a million jobs on 500 of them cost: processor time a job and
 * memory, at a hundredth, a tenth and the whole of it, so that growth can be seen. Then how much sooner more workers find something good,
 * stragglers and all, and the synchronous schedulers: a table, and the same numbers as lines of JSON to draw from.
 *
 * Arguments: jobs (1000000; 0 leaves the first part out), workers (500), "cost" for the first part only. `npm run bench:hyperband` builds
 * first, and has node collect garbage in the same thread (`--single-threaded-gc`), since one core is what is asked about.
 */
import { cpus, loadavg } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compose, derive, simulate, startStudy, stream } from "@caviar-hpo/core";
import { asha, hyperband, successiveHalving } from "../dist/index.js";
import { problem, uniform } from "./search.mjs";

const jobs = Number(process.argv[2] ?? 1_000_000);
const workers = Number(process.argv[3] ?? 500);

/** Configurations differ in how long an epoch takes, up to fourfold, and in where their curves end; noise at first hides who is best. */
const world = {
  seconds: ({ rate }, from, to) => (to - from) * (1 + 3 * rate),
  evaluate: ({ config }, fidelity, key) => ({
    values: [config.decay + 1 / fidelity + (0.2 * stream(derive(key, fidelity)).uniform()) / fidelity],
  }),
};

/** Of 81 trials 27, 9, 3 and 1 are promoted: 121 jobs, more or less. */
const trialsFor = (count) => Math.round((count * 81) / 121);

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const heap = () => {
  collect();
  return process.memoryUsage().heapUsed;
};
const print = (line) => process.stdout.write(`${line}\n`);

function run(scheduler, options, seed = 1) {
  const study = startStudy({ problem, strategy: compose(scheduler, uniform), seed });
  const result = simulate(study, world, options);
  return { study, ...result };
}

function measure(count) {
  const before = heap();
  const start = process.cpuUsage();
  const wallStart = performance.now();
  const result = run(asha(), { workers, trials: trialsFor(count), stragglerSigma: 0.5, lossSeconds: 5000 });
  const wallSeconds = (performance.now() - wallStart) / 1000;
  const { user, system } = process.cpuUsage(start);
  const bytes = heap() - before;
  const { busySeconds, idleSeconds, resource, seconds } = result;
  if (Math.abs(busySeconds + idleSeconds - workers * seconds) > 1e-9 * workers * seconds) throw new Error("time was not conserved");
  if (resource.fresh + resource.repeated + resource.wasted !== resource.total) throw new Error("resource was not conserved");
  return { jobs: result.jobs, cpuSeconds: (user + system) / 1e6, wallSeconds, bytes };
}

print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);
function costs() {
  print(`\nASHA on ${workers} simulated workers, log-normal stragglers (sigma 0.5), a worker lost every 5000 s of work`);
  print("     jobs   seconds  processor seconds  us a job  growth  log growth   MB  bytes a job");
  measure(jobs / 100);
  let last = null;
  for (const count of [jobs / 100, jobs / 10, jobs]) {
    const one = measure(count);
    const each = one.cpuSeconds / one.jobs;
    const growth = last === null ? "" : (each / (last.cpuSeconds / last.jobs)).toFixed(2);
    const allowed = last === null ? "" : (Math.log(one.jobs) / Math.log(last.jobs)).toFixed(2);
    print(
      `${String(one.jobs).padStart(9)} ${one.wallSeconds.toFixed(2).padStart(9)} ${one.cpuSeconds.toFixed(2).padStart(18)} ` +
        `${(each * 1e6).toFixed(2).padStart(9)} ${growth.padStart(7)} ${allowed.padStart(11)} ` +
        `${(one.bytes / 1e6).toFixed(0).padStart(4)} ${(one.bytes / one.jobs).toFixed(0).padStart(12)}`,
    );
    last = one;
  }
}

const schedulers = {
  asha: () => asha(),
  ashaStopping: () => asha({ variant: "stopping" }),
  hyperband: () => hyperband(),
  hyperbandOverlap: () => hyperband({ overlap: true }),
  successiveHalving: () => successiveHalving(),
};
const crews = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const seeds = [1, 2, 3, 4, 5];
const horizon = { trials: 5000, stragglerSigma: 0.5 };

/** When a trial of the best thousandth had been trained to the end, and the share of their time in which workers worked until then. */
function timeToQuality(create, crew, seed) {
  const whole = run(create(), { workers: crew, ...horizon }, seed);
  const reached = whole.incumbents.find(
    ({ trial, fidelity }) => fidelity === 81 && whole.study.history.trials[trial].config.decay <= 0.001,
  );
  if (reached === undefined) return { seconds: Infinity, busy: NaN };
  const until = run(create(), { workers: crew, ...horizon, seconds: reached.seconds }, seed);
  return { seconds: reached.seconds, busy: until.busySeconds / (crew * until.seconds) };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function speedUps() {
  print(`\nUntil a trial of the best thousandth is trained to the end: how much sooner w workers come there than one of ASHA's does, and`);
  print(`the share of their time in which they work; medians of ${seeds.length} seeds, stragglers as above`);
  print(
    `workers ${Object.keys(schedulers)
      .map((name) => name.padStart(20))
      .join("")}`,
  );
  let alone = null;
  const lines = [];
  for (const crew of crews) {
    const cells = Object.entries(schedulers).map(([name, create]) => {
      const runs = seeds.map((seed) => timeToQuality(create, crew, seed));
      const seconds = median(runs.map((one) => one.seconds));
      const busy = median(runs.map((one) => one.busy));
      alone ??= seconds;
      lines.push({ scheduler: name, workers: crew, seconds, speedUp: alone / seconds, busy });
      return `${(alone / seconds).toFixed(2)} (${(100 * busy).toFixed(0)} %)`.padStart(20);
    });
    print(`${String(crew).padStart(7)} ${cells.join("")}`);
  }
  print("");
  for (const line of lines) print(JSON.stringify(line));
}

if (jobs > 0) costs();
if (process.argv[4] !== "cost") speedUps();
