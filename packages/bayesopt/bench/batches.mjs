/**
 * Whether a batch should be chosen together: `npm run bench:batches -- --out FILE [options]` runs studies in asks of several points, and
 * appends a line of JSON for each to FILE. Runs that the file has are not repeated. `--table` prints tables from the file instead.
 *
 * The arm "one by one" evaluates the points of an ask as `bayesopt` chose them. In the arm "together", L-BFGS-B first moves all of them at
 * once to a greater joint expected improvement (qLogEI: Ament et al. 2023, section 4.2; 128 draws). It sees a regression with a Matern 5/2
 * kernel of the values under the warp that the optimiser has chosen. `gains` are the differences of the logarithm of this improvement. In
 * both arms, each ask is that of a study which has observed all earlier trials.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gaussianProcess } from "@caviar-hpo/bayesopt";
import { logBatchExpectedImprovement, quasiNormals } from "@caviar-hpo/bayesopt/acquisition";
import { outputWarps } from "@caviar-hpo/bayesopt/model";
import { decode, derive, encode, root, startStudy } from "@caviar-hpo/core";
import { lbfgsb } from "@caviar-hpo/numerics/lbfgsb";
import { cholesky } from "@caviar-hpo/numerics/linear";
import { createStrategy } from "@caviar-hpo/tune";
import { printPairs } from "./pairedTables.mjs";
import { recordsIn } from "./records.mjs";
import { quantile } from "./statistics.mjs";
import { makeInstance, suite } from "./suites.mjs";

const { values: given } = parseArgs({
  options: {
    out: { type: "string", default: "batches.jsonl" },
    size: { type: "string", default: "8" },
    seeds: { type: "string", default: "2" },
    at: { type: "string", default: "16,24" },
    table: { type: "boolean", default: false },
  },
});
const checkpoints = given.at.split(",").map(Number);
const size = Number(given.size);
const arms = ["one by one", "together"];
const [draws, climbEvaluations, difference] = [128, 30, 1e-6];

const known = recordsIn(given.out);

if (given.table) printTables();
else runAll();

function printTables() {
  printPairs(known, checkpoints, arms[0]);
  const gains = known.flatMap(({ gains }) => gains);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((p) => quantile(gains, p).toFixed(3));
  process.stdout.write(`\ngains of the logarithm, ${gains.length} asks: median ${middle}, quartiles ${low} to ${high}\n`);
}

function runAll() {
  const nameOf = ({ problem, seed, suite, arm }) => `${problem} ${seed} ${suite} ${arm}`;
  const done = new Set(known.map(nameOf));
  for (let seed = 1; seed <= Number(given.seeds); seed++)
    for (const entry of suite("classical"))
      for (const arm of arms) {
        const run = { problem: entry.id, seed, suite: `asks of ${size}`, arm };
        if (!done.has(nameOf(run)))
          appendFileSync(given.out, `${JSON.stringify({ ...run, ...runOne(makeInstance(entry, seed, true), run) })}\n`);
      }
}

/** Regrets in units of the problem's own, as in bench:bayesopt. */
function runOne({ problem, evaluate, optimum, unit }, { seed, problem: id, arm }) {
  const trials = [];
  const [regrets, gains] = [[], []];
  while (trials.length < Math.max(...checkpoints)) {
    const study = startStudy({ problem, strategy: createStrategy("bayesopt", { askEffort: 500 }), seed: `${id} ${seed} ${trials.length}` });
    for (const { config, value } of trials) study.observe(config, { values: [value] });
    const { jobs } = study.ask({ want: size });
    let configs = jobs.map(({ config }) => config);
    const warp = jobs[0].note?.warp;
    if (arm === "together" && warp !== undefined) {
      const { units, gain } = movedTogether(problem.space, trials, configs, warp);
      configs = units.map((point) => decode(problem.space, point));
      gains.push(Number(gain.toPrecision(3)));
    }
    for (const config of configs) {
      trials.push({ config, value: evaluate(config) });
      if (!checkpoints.includes(trials.length)) continue;
      const best = Math.min(...trials.map(({ value }) => value)) - optimum;
      regrets.push(Number((best / unit).toPrecision(4)));
    }
  }
  return { regrets, gains };
}

function movedTogether(space, trials, configs, warpName) {
  const y = Float64Array.from(trials, ({ value }) => value);
  const z = outputWarps(y)
    .find(({ name }) => name === warpName)
    .forward(y);
  const [d, q] = [space.dims, configs.length];
  const box = Array.from({ length: d }, () => [0, 1]);
  const regression = gaussianProcess({ box, noise: "none" }).fit(
    trials.map(({ config }) => [...encode(space, config)]),
    z,
  );
  const joint = jointImprovement(regression, Math.min(...z), q, d);
  const start = Float64Array.from(configs.flatMap((config) => [...encode(space, config)]));
  const minimiser = lbfgsb(
    start,
    { lower: new Float64Array(q * d), upper: new Float64Array(q * d).fill(1) },
    { maxEvaluations: climbEvaluations },
  );
  while (minimiser.status === "running") {
    const at = minimiser.point.slice();
    const value = joint(at);
    const slopes = at.map((place, axis) => {
      const step = place > 0.5 ? -difference : difference;
      at[axis] = place + step;
      const slope = (joint(at) - value) / step;
      at[axis] = place;
      return -slope;
    });
    minimiser.tell(-value, slopes);
  }
  const units = Array.from({ length: q }, (_, j) => minimiser.point.slice(j * d, (j + 1) * d));
  return { units, gain: -minimiser.value - joint(start) };
}

/** The logarithm of the joint expected improvement of q points, row-major q x d; NaN where their covariance cannot be factorised. */
function jointImprovement(regression, incumbent, q, d) {
  const utility = logBatchExpectedImprovement(incumbent, q, quasiNormals(draws, q - 1, derive(root("bench:batches"), "draws")));
  const out = { value: 0, byMean: new Float64Array(q), byFactor: new Float64Array(q * q) };
  return (points) => {
    const x = Array.from({ length: q }, (_, j) => [...points.subarray(j * d, (j + 1) * d)]);
    const factor = Float64Array.from(regression.covariance(x).to1DArray());
    if (cholesky(factor, q).kind === "failed") return NaN;
    utility(Float64Array.from(regression.predict(x).mean), factor, out);
    return out.value;
  };
}
