/**
 * The stationary covariances compared with the plain loops one would write in JavaScript, with Math.exp, and with SciPy (cdist, then
 * NumPy's exp). `npm run bench:numerics` builds first; CAVIAR_PYTHON names the interpreter that has SciPy (default python3). Every figure
 * is the best of 5 rounds, in which the contenders take turns; a round is the best of a few tens of milliseconds.
 */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import * as kernels from "../dist/covariance/index.js";
import { allocate } from "../dist/linear/index.js";

const ROUNDS = 5;
const BURST_SECONDS = 0.03;
const python = process.env.CAVIAR_PYTHON || "python3";

const worker = `
import sys, time
import numpy as np
from scipy.spatial.distance import cdist

for line in sys.stdin:
    n, m, d = map(int, line.split())
    x = np.random.default_rng(1).uniform(0, 3, (n, d))
    z = np.random.default_rng(2).uniform(0, 3, (m, d))
    best, begin = float("inf"), time.perf_counter()
    while True:
        start = time.perf_counter()
        u = cdist(x, z)
        u *= 3 ** 0.5
        k = np.exp(-u)
        u++
        k *= u
        best = min(best, time.perf_counter() - start)
        if time.perf_counter() - begin >= ${BURST_SECONDS}:
            break
    print(best, flush=True)
`;

const tasks = { covariance, gram, scaleGradient, pointGradient };
const cases = [
  ["covariance", 1000, 1000, 5],
  ["covariance", 1000, 20, 5],
  ["covariance", 1000, 1, 5],
  ["covariance", 200, 512, 20],
  ["gram", 100, 100, 5],
  ["gram", 300, 300, 5],
  ["gram", 1000, 1000, 5],
  ["scaleGradient", 100, 100, 5],
  ["scaleGradient", 1000, 1000, 5],
  ["pointGradient", 100, 10, 5],
  ["pointGradient", 1000, 10, 5],
];

const scipy = spawnSync(python, ["-c", "import scipy"]).status === 0 ? startSciPy() : null;
const cell = (text) => String(text).padStart(12);
console.log("\nMatern-3/2 covariances; ratios above 1: Caviar is faster");
console.log("".padEnd(16) + ["n", "m", "d", "caviar us", "ns a pair", "x plain JS", "x SciPy"].map(cell).join(""));
for (const [task, n, m, d] of cases) {
  const { own, plain } = tasks[task](n, m, d);
  const best = { own: Infinity, plain: Infinity, scipy: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    best.own = Math.min(best.own, burst(own));
    best.plain = Math.min(best.plain, burst(plain));
    if (scipy !== null && (task === "covariance" || task === "gram")) best.scipy = Math.min(best.scipy, await scipy.burst(n, m, d));
  }
  const figures = [n, m, d, (best.own * 1e6).toFixed(1), ((best.own * 1e9) / n / m).toFixed(2), (best.plain / best.own).toFixed(1)];
  if (best.scipy < Infinity) figures.push((best.scipy / best.own).toFixed(1));
  console.log(task.padEnd(16) + figures.map(cell).join(""));
}
if (scipy === null) console.log(`No SciPy: ${python} has none (CAVIAR_PYTHON may name one that has).`);
scipy?.close();

/** @param {number} n @param {number} m @param {number} d */
function covariance(n, m, d) {
  const { x, z, out } = data(n, m, d);
  const points = transposed(z, m, d);
  return {
    own: () => kernels.stationaryCovariance("matern32", x, n, z, m, d, out, 1),
    plain: () => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          const u = Math.sqrt(3 * squaredDistance(x, i, points, j, d));
          out[i * m + j] = (1 + u) * Math.exp(-u);
        }
      }
    },
  };
}

/** @param {number} n @param {number} m @param {number} d */
function gram(n, m, d) {
  const { x, out } = data(n, m, d);
  return {
    own: () => kernels.stationaryGram("matern32", x, n, d, out, 1),
    plain: () => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          const u = Math.sqrt(3 * squaredDistance(x, i, x, j, d));
          out[i * n + j] = out[j * n + i] = (1 + u) * Math.exp(-u);
        }
      }
    },
  };
}

/** @param {number} n @param {number} m @param {number} d */
function scaleGradient(n, m, d) {
  const { x, weights, sums } = data(n, m, d);
  return {
    own: () => kernels.stationaryGramScaleGradient("matern32", x, n, d, weights, sums),
    plain: () => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          const weighted = 6 * weights[i * n + j] * Math.exp(-Math.sqrt(3 * squaredDistance(x, i, x, j, d)));
          for (let k = 0; k < d; k++) sums[k] += weighted * (x[i * d + k] - x[j * d + k]) ** 2;
        }
      }
    },
  };
}

/** @param {number} n @param {number} m @param {number} d */
function pointGradient(n, m, d) {
  const { x, z, weights, gradient } = data(n, m, d);
  const points = transposed(z, m, d);
  return {
    own: () => kernels.stationaryPointGradient("matern32", x, n, z, m, d, weights, gradient),
    plain: () => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          const weighted = 3 * weights[i * m + j] * Math.exp(-Math.sqrt(3 * squaredDistance(x, i, points, j, d)));
          for (let k = 0; k < d; k++) gradient[k * m + j] += weighted * (x[i * d + k] - points[j * d + k]);
        }
      }
    },
  };
}

/** Points in a box of side 3, so that lengthscales are a third of it. @param {number} n @param {number} m @param {number} d */
function data(n, m, d) {
  const [x, z, out, weights, sums, gradient] = allocate(n * d, d * m, n * m, n * m, d, d * m);
  for (const array of [x, z, weights]) for (let at = 0; at < array.length; at++) array[at] = ((at * 0.618033988749895) % 1) * 3;
  return { x, z, out, weights, sums, gradient };
}

/** @param {Float64Array} z @param {number} m @param {number} d */
function transposed(z, m, d) {
  return Float64Array.from(z, (_, at) => z[(at % d) * m + Math.floor(at / d)]);
}

/** @param {Float64Array} x @param {number} i @param {Float64Array} y @param {number} j @param {number} d */
function squaredDistance(x, i, y, j, d) {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += (x[i * d + k] - y[j * d + k]) ** 2;
  return sum;
}

/** The best seconds of one burst. @param {() => void} run */
function burst(run) {
  let best = Infinity;
  const begin = performance.now();
  do {
    const start = performance.now();
    run();
    best = Math.min(best, (performance.now() - start) / 1000);
  } while (performance.now() - begin < BURST_SECONDS * 1000);
  return best;
}

function startSciPy() {
  const threads = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" };
  const child = spawn(python, ["-c", worker], { env: { ...process.env, ...threads }, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {number} n @param {number} m @param {number} d */
    async burst(n, m, d) {
      child.stdin.write(`${n} ${m} ${d}\n`);
      const { value } = await lines.next();
      if (value === undefined) throw new Error("SciPy ended");
      return Number(value);
    },
    close: () => child.stdin.end(),
  };
}
