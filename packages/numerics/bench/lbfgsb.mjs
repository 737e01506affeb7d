/**
 * L-BFGS-B compared with SciPy's: evaluations, and microseconds the minimiser itself costs per evaluation (the time of a run over its
 * evaluations, less that of the function alone, best of nine; a run includes setting up the minimiser). Then ten starts that advance
 * together, per evaluation. `npm run bench:numerics` builds first. Ratios are of one run; CAVIAR_PYTHON names the interpreter that has
 * SciPy (default python3).
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { lbfgsb, minimiseTogether } from "../dist/lbfgsb/index.js";
import { boxProblems } from "../golden/boxProblems.mjs";

const ROUNDS = 9;
const MILLISECONDS_A_ROUND = 20;

/** Microseconds of one call, the best of the rounds, each of as many calls as fill it. */
function microseconds(run) {
  const once = performance.now();
  let calls = 0;
  while (performance.now() - once < 5 * MILLISECONDS_A_ROUND) {
    run();
    calls++;
  }
  const count = Math.max(1, Math.round(calls / 5));
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let call = 0; call < count; call++) run();
    best = Math.min(best, ((performance.now() - start) * 1000) / count);
  }
  return best;
}

function peer() {
  const script = fileURLToPath(new URL("../golden/lbfgsb.py", import.meta.url));
  const run = spawnSync(process.env.CAVIAR_PYTHON || "python3", [script, "--time"], { encoding: "utf8" });
  return run.status === 0 ? JSON.parse(run.stdout) : null;
}

const scipy = peer();
console.log(`L-BFGS-B compared with ${scipy === null ? "SciPy: not found, set CAVIAR_PYTHON" : `SciPy ${scipy.version}`}, default options`);
console.log(
  `${"problem".padEnd(42)}${"evaluations".padStart(12)}${"SciPy's".padStart(9)}${"us/evaluation".padStart(15)}${"SciPy's".padStart(9)}${"ratio".padStart(8)}`,
);
for (const [index, { name, f, start, lower, upper }] of boxProblems.entries()) {
  const bounds = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
  const from = Float64Array.from(start);
  const g = new Float64Array(start.length);
  const run = () => {
    const minimiser = lbfgsb(from, bounds);
    while (minimiser.status === "running") minimiser.tell(f(minimiser.point, g), g);
    return minimiser.evaluations;
  };
  const evaluations = run();
  const alone = microseconds(() => f(from, g));
  const own = microseconds(run) / evaluations - alone;
  const row = scipy?.rows[index];
  const theirs = row === undefined ? NaN : row.microseconds - row.functionMicroseconds;
  console.log(
    `${name.padEnd(42)}${String(evaluations).padStart(12)}${String(row?.evaluations ?? "").padStart(9)}${own.toFixed(2).padStart(15)}${theirs.toFixed(1).padStart(9)}${(own / theirs).toFixed(3).padStart(8)}`,
  );
}

for (const d of [2, 5, 10, 20, 60]) {
  const { f } = boxProblems.at(-1);
  const bounds = { lower: new Float64Array(d), upper: new Float64Array(d).fill(1) };
  const starts = Array.from({ length: 10 }, (_, start) => Float64Array.from({ length: d }, (_, i) => ((start * 7 + i * 3) % 10) / 10));
  let evaluations = 0;
  const views = Array.from({ length: 2 }, () => /** @type {Float64Array[]} */ ([]));
  const run = () => {
    evaluations = 0;
    minimiseTogether(starts, bounds, (points, count, values, gradients) => {
      for (const [side, whole] of [points, gradients].entries()) {
        if (views[side][0]?.buffer !== whole.buffer) views[side] = starts.map((_, j) => whole.subarray(j * d, (j + 1) * d));
      }
      for (let j = 0; j < count; j++) values[j] = f(views[0][j], views[1][j]);
      evaluations += count;
    });
  };
  const g = new Float64Array(d);
  const alone = microseconds(() => f(starts[3], g));
  const own = microseconds(run) / evaluations - alone;
  console.log(`ten starts together in ${d} dimensions: ${evaluations} evaluations, ${own.toFixed(2)} us each`);
}
