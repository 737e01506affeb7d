/**
 * The linear algebra compared with ml-matrix and with OpenBLAS (through SciPy, one thread): OpenBLAS held to vectors of 128 bits, which is
 * all that WebAssembly has, and OpenBLAS with all the machine has. `npm run bench:numerics` builds first; CAVIAR_PYTHON names the
 * interpreter that has SciPy (default python3). Every figure is the best of 5 rounds, in which the contenders take turns, so that load on
 * the machine falls on all of them; a round of something short is the best of a few tens of milliseconds.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { allocate, cholesky, inverseFromCholesky, solveLower, solveLowerTransposed } from "../dist/linear/index.js";

const ROUNDS = 5;
const BURST_SECONDS = 0.03;
const python = process.env.CAVIAR_PYTHON || "python3";

const worker = `
import sys, time
import numpy as np
from scipy.linalg import blas, lapack

def matrix(n):
    i = np.arange(n)
    return np.asfortranarray(np.exp(-np.abs(i[:, None] - i[None, :]) / 30) + 0.1 * np.eye(n))

def factor(n, _):
    a = matrix(n)
    def run():
        c = a.copy(order="F")
        start = time.perf_counter()
        lapack.dpotrf(c, lower=1, clean=0, overwrite_a=1)
        return time.perf_counter() - start
    return run

def solve(n, columns, trans):
    l = np.asfortranarray(np.linalg.cholesky(matrix(n)))
    def run():
        b = np.ones((n, columns), order="F")
        start = time.perf_counter()
        blas.dtrsm(1.0, l, b, lower=1, trans_a=trans, overwrite_b=1)
        return time.perf_counter() - start
    return run

def invert(n, _):
    l = np.asfortranarray(np.linalg.cholesky(matrix(n)))
    def run():
        c = l.copy(order="F")
        start = time.perf_counter()
        lapack.dpotri(c, lower=1, overwrite_c=1)
        return time.perf_counter() - start
    return run

tasks = {"factor": factor, "solveLower": lambda n, c: solve(n, c, 0), "solveLowerTransposed": lambda n, c: solve(n, c, 1), "inverse": invert}
known, run = None, None
for line in sys.stdin:
    name, n, columns = line.split()
    if (name, n, columns) != known:
        known, run = (name, n, columns), tasks[name](int(n), int(columns))
    best, begin = float("inf"), time.perf_counter()
    while True:
        best = min(best, run())
        if time.perf_counter() - begin >= ${BURST_SECONDS}:
            break
    print(best, flush=True)
`;

/**
 * @typedef {{ readonly name: string, burst(task: string, n: number, columns: number): number | Promise<number>, close(): void }} Contender
 */

/** The best seconds of one burst. @param {() => number} run */
function burst(run) {
  let best = run();
  const begin = performance.now();
  while (performance.now() - begin < BURST_SECONDS * 1000) best = Math.min(best, run());
  return best;
}

/** @param {() => unknown} run */
function seconds(run) {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

/** exp(-|i - j| / 30) + 0.1 I. @param {number} n @param {(i: number, j: number, value: number) => void} put */
function fillMatrix(n, put) {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) put(i, j, Math.exp(-Math.abs(i - j) / 30) + (i === j ? 0.1 : 0));
}

/** @returns {Contender} */
function caviar() {
  /** @type {{ key: string, run: () => number }} */
  let ready = { key: "", run: () => 0 };
  return {
    name: "caviar",
    burst(task, n, columns) {
      const key = `${task} ${n} ${columns}`;
      if (ready.key !== key) ready = { key, run: prepare(task, n, columns) };
      return burst(ready.run);
    },
    close() {},
  };
}

/** @param {string} task @param {number} n @param {number} columns */
function prepare(task, n, columns) {
  const [source, a, b] = allocate(n * n, n * n, task === "inverse" ? n * n : n * columns);
  fillMatrix(n, (i, j, value) => {
    source[i * n + j] = value;
  });
  if (task === "factor") {
    return () => {
      a.set(source);
      return seconds(() => cholesky(a, n));
    };
  }
  a.set(source);
  cholesky(a, n);
  if (task === "inverse") return () => seconds(() => inverseFromCholesky(a, n, b));
  const solve = task === "solveLower" ? solveLower : solveLowerTransposed;
  return () => {
    b.fill(1);
    return seconds(() => solve(a, n, b, columns));
  };
}

/** @returns {Contender} */
function mlMatrix() {
  /** @type {Matrix} */
  let matrix = new Matrix(0, 0);
  return {
    name: "ml-matrix",
    burst(task, n) {
      if (task !== "factor") return NaN;
      if (matrix.rows !== n) {
        matrix = new Matrix(n, n);
        fillMatrix(n, (i, j, value) => {
          matrix.set(i, j, value);
        });
      }
      return burst(() => seconds(() => new CholeskyDecomposition(matrix)));
    },
    close() {},
  };
}

/** @param {string} coreType @returns {Contender & { core(): string }} */
function openBlas(coreType) {
  const threads = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", OPENBLAS_VERBOSE: "2" };
  const env = { ...process.env, ...threads, ...(coreType === "" ? {} : { OPENBLAS_CORETYPE: coreType }) };
  const child = spawn(python, ["-c", worker], { env, stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: `OpenBLAS ${coreType || "(all)"}`,
    core: () => /Core: (\S+)/.exec(said)?.[1] ?? "unknown",
    async burst(task, n, columns) {
      child.stdin.write(`${task} ${n} ${columns}\n`);
      const { value } = await lines.next();
      if (value === undefined) throw new Error(`OpenBLAS ${coreType}: ${said}`);
      return Number(value);
    },
    close: () => child.stdin.end(),
  };
}

/** @param {readonly Contender[]} contenders @param {string} task @param {number} n @param {number} columns */
async function compare(contenders, task, n, columns) {
  const best = contenders.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, contender] of contenders.entries()) best[index] = Math.min(best[index], await contender.burst(task, n, columns));
  }
  return best;
}

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [200, 500, 1000, 2000];
const hasSciPy = spawnSync(python, ["-c", "import scipy.linalg"]).status === 0;
const held = hasSciPy ? openBlas("Prescott") : null;
const whole = hasSciPy ? openBlas("") : null;
const peers = held === null || whole === null ? [] : [held, whole];
console.log(`Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} processors, load ${loadavg()[0]?.toFixed(2)}`);
if (!hasSciPy) console.log(`No OpenBLAS: ${python} has no SciPy (CAVIAR_PYTHON may name one that has).`);

const cell = (text) => String(text).padStart(13);
const ratio = (theirs, ours) => (Number.isFinite(theirs / ours) ? (theirs / ours).toFixed(2) : "");

const contenders = [caviar(), mlMatrix(), ...peers];
console.log("\nCholesky factor, symmetry check included; ratios above 1: Caviar is faster");
console.log(["n", "caviar ms", "Gflop/s", "x ml-matrix", "x Prescott", "x all"].map(cell).join(""));
for (const n of sizes) {
  const [own, matrix, prescott, all] = await compare(contenders, "factor", n, 0);
  const figures = [n, (own * 1e3).toFixed(3), (n ** 3 / 3e9 / own).toFixed(1), ratio(matrix, own), ratio(prescott, own), ratio(all, own)];
  console.log(figures.map(cell).join(""));
}

console.log("\nWith the factor at hand");
console.log(`${"".padEnd(24)}${["n", "columns", "caviar ms", "Gflop/s", "x Prescott", "x all"].map(cell).join("")}`);
for (const [task, n, columns] of [
  ["solveLower", 200, 1],
  ["solveLower", 200, 10],
  ["solveLowerTransposed", 200, 10],
  ["solveLower", 1000, 1],
  ["solveLower", 1000, 1000],
  ["solveLowerTransposed", 1000, 1000],
  ["inverse", 200, 200],
  ["inverse", 1000, 1000],
]) {
  const [own, prescott, all] = await compare([contenders[0], ...peers], task, n, columns);
  const flops = task === "inverse" ? (2 * n ** 3) / 3 : n * n * columns;
  const figures = [n, columns, (own * 1e3).toFixed(3), (flops / 1e9 / own).toFixed(1), ratio(prescott, own), ratio(all, own)];
  console.log(`${task.padEnd(24)}${figures.map(cell).join("")}`);
}
if (held !== null && whole !== null) console.log(`\nPrescott: OpenBLAS calls its core ${held.core()}; all: ${whole.core()}`);
for (const contender of contenders) contender.close();

await import("./covariance.mjs");
