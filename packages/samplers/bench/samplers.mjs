/**
 * What the samplers cost: scrambled Sobol points and skipping beside SciPy, streams beside seedrandom, asking and telling each strategy; then
 * latinHypercube.mjs. `npm run bench:samplers` builds first. Ratios are of one run; CAVIAR_PYTHON names the interpreter that has SciPy
 * (default python3). One thread on both sides; both sides pay for the construction of the sequence.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { cpus, loadavg } from "node:os";
import { complete, compose, createSpace, derive, openStudy, real, root, stream } from "@caviar/core";
import * as samplers from "../dist/index.js";

// seedrandom is a dependency of core's, and not of this package's.
const seedrandom = createRequire(import.meta.resolve("@caviar/core"))("seedrandom");

/** The best of `rounds` runs, in seconds. */
function best(rounds, run) {
  let seconds = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    run(round);
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return seconds;
}

const print = (line) => process.stdout.write(`${line}\n`);
print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);

const points = 1_000_000;
const dimensions = 10;
const far = 2 ** 24;

const scipySource = `
import json, time, warnings
warnings.simplefilter("ignore")
import scipy
from scipy.stats import qmc

def best(rounds, run):
    seconds = float("inf")
    for round in range(rounds):
        start = time.perf_counter()
        run(round)
        seconds = min(seconds, time.perf_counter() - start)
    return seconds

def fill(seed):
    qmc.Sobol(${dimensions}, scramble=True, rng=seed).random(${points})

def skip(seed):
    engine = qmc.Sobol(${dimensions}, scramble=True, rng=seed)
    engine.fast_forward(${far})
    engine.random(1)

print(json.dumps({"version": scipy.__version__, "fill": best(9, fill), "skip": best(3, skip)}))
`;

/** SciPy's seconds, or null without it. NumPy asks Linux for huge pages, which Node cannot: what they are worth is measured apart. */
function scipy(hugePages) {
  const python = process.env.CAVIAR_PYTHON ?? "python3";
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1", NUMPY_MADVISE_HUGEPAGE: hugePages };
  const child = spawnSync(python, ["-c", scipySource], { encoding: "utf8", env });
  if (child.status === 0) return JSON.parse(child.stdout);
  print(`No comparison: ${python} has no SciPy (CAVIAR_PYTHON may name one that has).`);
  return null;
}

const reference = scipy("1");
const ordinaryPages = reference === null ? null : scipy("0");
const million = (seconds) => `${((points * dimensions) / seconds / 1e6).toFixed(0).padStart(4)} million coordinates/s`;
const fillLine = (name, seconds) => {
  const times = (theirs) => (theirs.fill / seconds).toFixed(2);
  const ratio = reference === null ? "" : `   ${times(reference)} x SciPy, ${times(ordinaryPages)} x SciPy on ordinary pages`;
  print(`  ${name.padEnd(28)}${million(seconds)}${ratio}`);
};

print(`\nscrambled Sobol, ${points} x ${dimensions}, construction included, best of 9`);
const shared = new Float64Array(points * dimensions);
fillLine(
  "into one array, reused",
  best(9, (seed) => samplers.sobol(dimensions, root(seed)).fill(0, points, shared)),
);
fillLine(
  "into a new array each time",
  best(9, (seed) => samplers.sobol(dimensions, root(seed)).fill(0, points, new Float64Array(points * dimensions))),
);
const chunk = new Float64Array(1024 * dimensions);
fillLine(
  "in chunks of 1024 points",
  best(9, (seed) => {
    const sequence = samplers.sobol(dimensions, root(seed));
    for (let start = 0; start < points; start += 1024) sequence.fill(start, Math.min(1024, points - start), chunk);
  }),
);
if (reference !== null) {
  print(`  SciPy ${reference.version.padEnd(22)}${million(reference.fill)}`);
  print(`  SciPy on ordinary pages     ${million(ordinaryPages.fill)}`);
}

const point = new Float64Array(dimensions);
const skip = best(20, (seed) => samplers.sobol(dimensions, root(seed)).at(far, point));
print(`\npoint 2^24 of a scrambled ${dimensions}-dimensional Sobol sequence, construction included`);
print(`  ${(skip * 1000).toFixed(3)} ms${reference === null ? "" : `   SciPy's fast_forward ${(reference.skip * 1000).toFixed(1)} ms`}`);

const streams = 200_000;
const key = root("bench");
let drawn = 0;
const ours = best(7, () => {
  for (let i = 0; i < streams; i += 1) drawn += stream(derive(key, i)).uniform();
});
const theirs = best(3, () => {
  for (let i = 0; i < streams / 20; i += 1) drawn += seedrandom(String(i))();
});
const microseconds = { ours: (ours / streams) * 1e6, theirs: (theirs / (streams / 20)) * 1e6 };
if (!(drawn > 0)) throw new Error("nothing was drawn");
print("\none stream and its first uniform");
print(`  stream(derive(key, i))      ${microseconds.ours.toFixed(3)} us   (the goal is 0.5 us)`);
print(
  `  seedrandom(String(i))       ${microseconds.theirs.toFixed(3)} us   ${(microseconds.theirs / microseconds.ours).toFixed(0)} x as long`,
);

const trials = 1000;
const space = createSpace(Object.fromEntries(Array.from({ length: dimensions }, (_, k) => [`x${k + 1}`, real(0, 1)])));
const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
const { coarseToFineSampler, gridSampler, haltonSampler, latinHypercubeSampler, randomSampler, rSequenceSampler, sobolSampler } = samplers;
const makers = {
  random: randomSampler,
  sobol: sobolSampler,
  halton: haltonSampler,
  rSequence: rSequenceSampler,
  latinHypercube: () => latinHypercubeSampler({ points: trials }),
  grid: gridSampler,
  coarseToFine: () => coarseToFineSampler({ trials }),
};

/** A whole study: every job is asked for alone and told at once. */
function study(create, seed) {
  const { ask, tell } = openStudy({ problem, strategy: compose(complete, create()), seed });
  for (let trial = 0; trial < trials; trial += 1) {
    for (const job of ask(1).jobs) tell(job.id, { values: [Math.abs(job.config.x1 - 0.3)] });
  }
}

print(`\nask and tell, a study of ${trials} trials in ${dimensions} dimensions, one at a time: best of 5`);
for (const create of Object.values(makers)) study(create, "warm");
const costs = Object.entries(makers).map(([name, create]) => [name, (best(5, (seed) => study(create, seed)) / trials) * 1e6]);
const ofRandom = costs[0][1];
for (const [name, cost] of costs)
  print(`  ${name.padEnd(16)}${cost.toFixed(1).padStart(8)} us a trial   ${(cost / ofRandom).toFixed(2)} x random`);
print("");

await import("./latinHypercube.mjs");
