// Speed of the samplers, as ratios to SciPy in the same run where Python has it: `npm run bench:samplers`, after a build.
// CAVIAR_PYTHON names the interpreter (default python3). One thread on both sides; both sides pay for the construction of the engine.
import { spawnSync } from "node:child_process";
import { root } from "@caviar/core";
import { sobol } from "../dist/sobol/sobol.js";

const points = 1_000_000;
const dimensions = 10;
const far = 2 ** 24;

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

const scipySource = `
import json, time, warnings
warnings.simplefilter("ignore")
import numpy, scipy
from scipy.stats import qmc

def best(rounds, run):
    seconds = float("inf")
    for round in range(rounds):
        start = time.perf_counter()
        run(round)
        seconds = min(seconds, time.perf_counter() - start)
    return seconds

def fill(seed):
    qmc.Sobol(${dimensions}, scramble=True, seed=seed).random(${points})

def skip(seed):
    engine = qmc.Sobol(${dimensions}, scramble=True, seed=seed)
    engine.fast_forward(${far})
    engine.random(1)

print(json.dumps({"version": scipy.__version__, "fill": best(5, fill), "skip": best(3, skip)}))
`;

function scipy() {
  const python = process.env.CAVIAR_PYTHON ?? "python3";
  const oneThread = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const child = spawnSync(python, ["-c", scipySource], { encoding: "utf8", env: { ...process.env, ...oneThread } });
  return child.status === 0 ? JSON.parse(child.stdout) : `skipped: ${python} has no SciPy (CAVIAR_PYTHON may name one that has)`;
}

const shared = new Float64Array(points * dimensions);
const reused = best(5, (seed) => sobol(dimensions, root(seed)).fill(0, points, shared));
const fresh = best(5, (seed) => sobol(dimensions, root(seed)).fill(0, points, new Float64Array(points * dimensions)));
const chunk = new Float64Array(1024 * dimensions);
const chunked = best(5, (seed) => {
  const sequence = sobol(dimensions, root(seed));
  for (let start = 0; start < points; start += 1024) sequence.fill(start, Math.min(1024, points - start), chunk);
});
const point = new Float64Array(dimensions);
const skip = best(20, (seed) => sobol(dimensions, root(seed)).at(far, point));
const reference = scipy();

const million = (seconds) => `${((points * dimensions) / seconds / 1e6).toFixed(0).padStart(4)} million coordinates/s`;
const ratio = (ours, theirs) => (typeof reference === "string" ? "" : `   ${(reference[theirs] / ours).toFixed(2)} x SciPy`);

process.stdout.write(
  [
    `scrambled Sobol, ${points} x ${dimensions}, construction included, best of 5`,
    `  into one array, reused      ${million(reused)}${ratio(reused, "fill")}`,
    `  into a new array each time  ${million(fresh)}${ratio(fresh, "fill")}`,
    `  in chunks of 1024 points    ${million(chunked)}${ratio(chunked, "fill")}`,
    typeof reference === "string"
      ? `  SciPy                       ${reference}`
      : `  SciPy ${reference.version.padEnd(22)}${million(reference.fill)}`,
    `point 2^24 of a scrambled ${dimensions}-dimensional Sobol sequence, construction included`,
    `  ${(skip * 1000).toFixed(3)} ms${typeof reference === "string" ? "" : `   SciPy's fast_forward ${(reference.skip * 1000).toFixed(1)} ms`}`,
    "",
  ].join("\n"),
);
