/**
 * What the samplers cost: Sobol points (sobol.mjs), streams compared with seedrandom, asking and telling each strategy; then
 * latinHypercube.mjs. `npm run bench:samplers` builds first. Ratios are of one run.
 */
import { createRequire } from "node:module";
import { cpus, loadavg } from "node:os";
import { complete, compose, createSpace, derive, real, root, startStudy, stream } from "@caviar-hpo/core";
import * as samplers from "../dist/index.js";

// seedrandom is a dependency of core's, and not of this package's.
const seedrandom = createRequire(import.meta.resolve("@caviar-hpo/core"))("seedrandom");

/** The best of `rounds` runs, in seconds. */
function best(rounds, run) {
  let seconds = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run(round);
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return seconds;
}

const print = (line) => process.stdout.write(`${line}\n`);
print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);

await import("./sobol.mjs");

const dimensions = 10;
const streams = 200_000;
const key = root("bench");
let drawn = 0;
const ours = best(7, () => {
  for (let i = 0; i < streams; i++) drawn += stream(derive(key, i)).uniform();
});
const theirs = best(3, () => {
  for (let i = 0; i < streams / 20; i++) drawn += seedrandom(String(i))();
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
  const { ask, tell } = startStudy({ problem, strategy: compose(complete, create()), seed });
  for (let trial = 0; trial < trials; trial++) {
    for (const job of ask({ want: 1 }).jobs) tell(job.id, { values: [Math.abs(job.config.x1 - 0.3)] });
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
print("");
await import("./tpe.mjs");
