/**
 * The arithmetic of networks: float32 in WebAssembly compared with the same in plain JavaScript (where arrays are of no block), which gives
 * the same bits, and with double. Products at the sizes of the layers of 784-64-64-10 and 196-32-32-10 with mini-batches of 64, every other
 * operation on 64 x 64 numbers (the steps of descent on 54,000), and whole training steps with batch normalisation and Adam. Each contender
 * has a thread of its own, since engines compile plain JavaScript for the arrays that they have seen; they take turns. A figure is the best
 * of many short chunks.
 *
 * Usage: npm run build && node packages/numerics/bench/network.mjs [--kernels] (--kernels leaves the other two out)
 */
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { float32Operations, float64Operations } from "../dist/network/index.js";

const ROUNDS = 5;
const BURST_SECONDS = 0.03;
const WARM_SECONDS = 0.05;
const [M, N, WEIGHTS] = [64, 64, 54_000];

/** @typedef {import("../dist/network/index.js").Operations} Operations */
/** @typedef {import("../dist/network/index.js").Numbers} Numbers */
/** @typedef {{ readonly operations: Operations, allocate(...lengths: number[]): readonly Numbers[] }} Contender */

/** @type {Readonly<Record<string, Contender>>} */
const contenders = {
  WebAssembly: { operations: float32Operations, allocate: float32Operations.allocate },
  plain: { operations: float32Operations, allocate: (...lengths) => lengths.map((length) => new Float32Array(length)) },
  double: { operations: float64Operations, allocate: float64Operations.allocate },
};

/**
 * Seconds of one call of a task, the best chunk of a burst: chunks are short, so that some fall between what else the machine does. @param
 * {() => void} run
 */
function burst(run) {
  for (const begin = performance.now(); performance.now() - begin < WARM_SECONDS * 1000; ) run();
  let calls = 1;
  while (chunk(run, calls) < 2e-4) calls *= 2;
  let best = Infinity;
  for (const begin = performance.now(); performance.now() - begin < BURST_SECONDS * 1000; )
    best = Math.min(best, chunk(run, calls) / calls);
  return best;
}

/** @param {() => void} run @param {number} calls */
function chunk(run, calls) {
  const begin = performance.now();
  for (let i = 0; i < calls; i++) run();
  return (performance.now() - begin) / 1000;
}

/** Normal enough numbers. @param {readonly Numbers[]} arrays */
function fill(arrays) {
  let state = 1;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      array[i] = (state ^ (state >>> 13)) / 2147483648;
    }
  }
  return arrays;
}

/**
 * One training step of a multilayer perceptron with batch normalisation before ReLU, softmax and Adam.
 *
 * @param {Contender} contender @param {readonly number[]} widths @param {number} m
 */
function trainingStep({ operations: of, allocate }, widths, m) {
  const shapes = widths.slice(1).map((n, index) => ({ n, k: widths[index] ?? 0, count: (widths[index] ?? 0) * n + 2 * n }));
  const lengths = shapes.flatMap(({ n, count }) => [...Array(4).fill(count), ...Array(4).fill(m * n), n, n]);
  const all = fill(allocate(...lengths, m * (widths[0] ?? 0), m));
  const [input, labels] = all.slice(-2);
  const layers = shapes.map(({ n, k, count }, index) => {
    const [w, g, first, second, z, xHat, y, dz, mean, variance] = all.slice(10 * index, 10 * index + 10);
    first.fill(0);
    second.fill(0);
    for (let i = 0; i < n * k; i++) w[i] *= Math.sqrt(6 / k);
    const [gamma, beta, dGamma, dBeta] = [w, g].flatMap((array) => [array.subarray(n * k, n * k + n), array.subarray(n * k + n)]);
    return { n, k, count, w, g, first, second, z, xHat, y, dz, mean, variance, gamma, beta, dGamma, dBeta };
  });
  const last = layers[layers.length - 1];
  for (let i = 0; i < m; i++) labels[i] = i % last.n;
  let t = 0;
  return () => {
    t++;
    let x = input;
    for (const { n, k, w, z, xHat, y, mean, variance, gamma, beta } of layers) {
      of.multiply(z, x, w, m, k, n);
      if (w === last.w) of.addRow(z, beta, m, n);
      else {
        of.moments(mean, variance, z, m, n);
        of.normalise(z, xHat, z, mean, variance, gamma, beta, 1e-5, m, n);
        of.activate("relu", y, z, m * n);
        x = y;
      }
    }
    of.softmaxCrossEntropy(last.dz, last.z, labels, m, last.n);
    of.sumRows(last.dBeta, last.dz, m, last.n);
    for (let index = layers.length - 1; index >= 0; index--) {
      const { n, k, w, g, z, xHat, dz, variance, gamma, dGamma, dBeta } = layers[index];
      if (w !== last.w) {
        of.activateBackward("relu", dz, dz, z, m * n);
        of.normaliseBackward(dz, dGamma, dBeta, dz, xHat, variance, gamma, 1e-5, m, n);
      }
      of.multiplyLeftTransposed(g, index === 0 ? input : layers[index - 1].y, dz, k, m, n);
      if (index > 0) of.multiplyRightTransposed(layers[index - 1].dz, dz, w, m, n, k);
    }
    for (const { w, g, first, second, count } of layers) {
      of.descendAdam(w, g, first, second, 1e-3, 0.9, 0.999, 1e-8, 1 - 0.9 ** t, 1 - 0.999 ** t, count);
    }
  };
}

/** @type {Record<string, (of: Operations, arrays: readonly Numbers[]) => void>} */
const others = {
  addRow: (of, [x, y]) => of.addRow(x, y, M, N),
  sumRows: (of, [x, y]) => of.sumRows(y, x, M, N),
  moments: (of, [x, y, z]) => of.moments(y, z, x, M, N),
  normalise: (of, [x, y, z, mean, variance, gamma, beta]) => of.normalise(x, y, z, mean, variance, gamma, beta, 1e-5, M, N),
  normaliseBackward: (of, [x, y, z, dGamma, variance, gamma, dBeta]) =>
    of.normaliseBackward(x, dGamma, dBeta, y, z, variance, gamma, 1e-5, M, N),
  ...Object.fromEntries(
    ["relu", "leakyRelu", "tanh", "sigmoid", "gelu"].flatMap((name) => [
      [name, (of, [x, y]) => of.activate(name, y, x, M * N)],
      [`${name}, backward`, (of, [x, y, z]) => of.activateBackward(name, z, y, x, M * N)],
    ]),
  ),
  dropout: (of, [x]) => of.dropout(x, 0.1, [1, 2], M * N),
  "softmaxCrossEntropy 64 10": (of, [x, y, , labels]) => of.softmaxCrossEntropy(x, y, labels, M, 10),
  "squaredError 64 10": (of, [x, y, z]) => of.squaredError(x, y, z, M, 10),
  addScaled: (of, [g, w]) => of.addScaled(g, w, 1e-9, WEIGHTS),
  descend: (of, [w, g]) => of.descend(w, g, 1e-9, WEIGHTS),
  descendMomentum: (of, [w, g, v]) => of.descendMomentum(w, g, v, 1e-9, 0.9, 0.1, WEIGHTS),
  descendRmsProp: (of, [w, g, v]) => of.descendRmsProp(w, g, v, 1e-9, 0.9, 1e-8, WEIGHTS),
  descendAdam: (of, [w, g, v, s]) => of.descendAdam(w, g, v, s, 1e-9, 0.9, 0.999, 1e-8, 0.5, 0.5, WEIGHTS),
};

/** @typedef {{ readonly kind: "step", readonly widths: readonly number[] }} Step */
/** @typedef {{ readonly kind: "product", readonly name: "multiply", readonly sizes: readonly [number, number, number] }} Product */
/** @typedef {{ readonly kind: "other", readonly name: string }} Other */

/** @param {Contender} contender @param {Step | Product | Other} task @returns {() => void} */
function prepare(contender, task) {
  const { operations, allocate } = contender;
  if (task.kind === "step") return trainingStep(contender, task.widths, M);
  if (task.kind === "product") {
    const [m, k, n] = task.sizes;
    const [c, a, b] = fill(allocate(m * n, m * k, k * n));
    return () => operations[task.name](c, a, b, m, k, n);
  }
  const arrays = fill(allocate(...Array(7).fill(WEIGHTS)));
  const fourth = arrays[3];
  for (let i = 0; i < WEIGHTS; i++) fourth[i] = task.name.startsWith("softmax") ? i % 10 : Math.abs(fourth[i]);
  arrays[4].fill(1);
  return () => others[task.name](operations, arrays);
}

if (isMainThread) await main();
else parentPort?.on("message", (task) => parentPort?.postMessage(burst(prepare(contenders[workerData], task))));

async function main() {
  const names = Object.keys(contenders).slice(0, process.argv.includes("--kernels") ? 1 : 3);
  const workers = names.map((name) => new Worker(new URL(import.meta.url), { workerData: name }));

  /** @param {Step | Product | Other} task @param {number} count */
  const compare = async (task, count = workers.length) => {
    const best = Array(count).fill(Infinity);
    for (let round = 0; round < ROUNDS; round++) {
      for (let index = 0; index < count; index++) {
        workers[index].postMessage(task);
        const [seconds] = await once(workers[index], "message");
        best[index] = Math.min(best[index], seconds);
      }
    }
    return best;
  };
  const cell = (text) => String(text).padStart(13);
  const heading = (text) => console.log(`\n${text.padEnd(40)}${names.map(cell).join("")}`);
  const line = (text, figures, digits) =>
    console.log(`${text.padEnd(40)}${figures.map((figure) => cell(figure.toFixed(digits))).join("")}`);
  const microseconds = (times) => times.map((time) => time * 1e6);

  console.log(`Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} processors, load ${loadavg()[0]?.toFixed(2)}`);
  heading("Training steps, microseconds");
  for (const widths of [
    [784, 64, 64, 10],
    [196, 32, 32, 10],
  ]) {
    line(widths.join("-"), microseconds(await compare({ kind: "step", widths })), 1);
  }
  heading("Products (rows inner columns), GFLOP/s");
  for (const [m, k, n] of [
    [64, 784, 64],
    [64, 64, 64],
    [64, 64, 10],
    [64, 196, 32],
    [64, 32, 32],
    [512, 1024, 1024],
  ]) {
    for (const [name, ...sizes] of [
      ["multiply", m, k, n],
      ["multiplyLeftTransposed", k, m, n],
      ["multiplyRightTransposed", m, n, k],
    ]) {
      const times = await compare({ kind: "product", name, sizes }, m * k * n > 1e8 ? 1 : workers.length);
      line(
        `${name} ${sizes.join(" ")}`,
        times.map((time) => (2 * m * k * n) / time / 1e9),
        2,
      );
    }
  }
  heading("Other operations, microseconds");
  for (const name of Object.keys(others)) line(name, microseconds(await compare({ kind: "other", name })), 2);
  await Promise.all(workers.map((worker) => worker.terminate()));
}
