/**
 * The arithmetic of networks: float32 in WebAssembly beside the same in plain JavaScript (where arrays are of no block), which gives the same bits, and
 * beside double. Products at the sizes of the layers of 784-64-64-10 and 196-32-32-10 with mini-batches of 64, every other operation on
 * 64 x 64 numbers (the steps of descent on 54,000), and a whole training step with batch normalisation and Adam. Figures are the best of many
 * short chunks; the contenders take turns.
 *
 * Usage: npm run build && node packages/numerics/bench/network.mjs
 */
import { cpus, loadavg } from "node:os";
import { float32Operations, float64Operations } from "../dist/index.js";

const ROUNDS = 15;
const BURST_SECONDS = 0.01;
const WARM_SECONDS = 0.05;

/** @typedef {import("../dist/index.js").Operations} Operations */
/** @typedef {import("../dist/index.js").Numbers} Numbers */
/** @typedef {{ readonly name: string, readonly operations: Operations, allocate(...lengths: number[]): readonly Numbers[] }} Contender */

/** @type {readonly Contender[]} */
const contenders = [
  { name: "WebAssembly", operations: float32Operations, allocate: float32Operations.allocate },
  { name: "plain", operations: float32Operations, allocate: (...lengths) => lengths.map((length) => new Float32Array(length)) },
  { name: "double", operations: float64Operations, allocate: float64Operations.allocate },
];

/** Seconds of one call, the best chunk of each: chunks are short, so that some fall between what else the machine does. @param {readonly (() => void)[]} runs */
function compare(runs) {
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  const calls = runs.map(callsAChunk);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, run] of runs.entries()) {
      for (const begin = performance.now(); performance.now() - begin < BURST_SECONDS * 1000; ) {
        best[index] = Math.min(best[index], chunk(run, calls[index]) / calls[index]);
      }
    }
  }
  return best;
}

/** How many calls take 0.2 ms at least, once the engine has compiled them well. @param {() => void} run */
function callsAChunk(run) {
  for (const begin = performance.now(); performance.now() - begin < WARM_SECONDS * 1000; ) run();
  let calls = 1;
  while (chunk(run, calls) < 2e-4) calls *= 2;
  return calls;
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
    t += 1;
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

const cell = (text) => String(text).padStart(13);
console.log(`Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} processors, load ${loadavg()[0]?.toFixed(2)}`);

const only = process.argv.includes("--kernels") ? contenders.slice(0, 1) : contenders;
console.log(`\nTraining steps, microseconds${"".padEnd(8)}${only.map(({ name }) => cell(name)).join("")}`);
for (const widths of [
  [784, 64, 64, 10],
  [196, 32, 32, 10],
]) {
  const seconds = compare(only.map((contender) => trainingStep(contender, widths, 64)));
  console.log(`${widths.join("-").padEnd(36)}${seconds.map((time) => cell((time * 1e6).toFixed(1))).join("")}`);
}

console.log(`\nProducts (rows, inner, columns), GFLOP/s${only.map(({ name }) => cell(name)).join("")}`);
for (const [m, k, n] of [
  [64, 784, 64],
  [64, 64, 64],
  [64, 64, 10],
  [64, 196, 32],
  [64, 32, 32],
  [512, 1024, 1024],
]) {
  for (const [name, rows, inner, columns] of [
    ["multiply", m, k, n],
    ["multiplyLeftTransposed", k, m, n],
    ["multiplyRightTransposed", m, n, k],
  ]) {
    const taking = m * k * n > 1e8 ? only.slice(0, 1) : only;
    const runs = taking.map(({ operations, allocate }) => {
      const [c, a, b] = fill(allocate(rows * columns, rows * inner, inner * columns));
      return () => operations[name](c, a, b, rows, inner, columns);
    });
    const rates = compare(runs).map((time) => cell(((2 * m * k * n) / time / 1e9).toFixed(2)));
    console.log(`${`${name} ${rows} ${inner} ${columns}`.padEnd(40)}${rates.join("")}`);
  }
}

console.log(`\nOther operations, microseconds${"".padEnd(10)}${only.map(({ name }) => cell(name)).join("")}`);
const [m, n, weights] = [64, 64, 54_000];
/** @type {Record<string, (of: Operations, arrays: readonly Numbers[]) => void>} */
const tasks = {
  addRow: (of, [x, y]) => of.addRow(x, y, m, n),
  sumRows: (of, [x, y]) => of.sumRows(y, x, m, n),
  moments: (of, [x, y, z]) => of.moments(y, z, x, m, n),
  normalise: (of, [x, y, z, mean, variance, gamma, beta]) => of.normalise(x, y, z, mean, variance, gamma, beta, 1e-5, m, n),
  normaliseBackward: (of, [x, y, z, dGamma, variance, gamma, dBeta]) =>
    of.normaliseBackward(x, dGamma, dBeta, y, z, variance, gamma, 1e-5, m, n),
  ...Object.fromEntries(
    ["relu", "leakyRelu", "tanh", "sigmoid", "gelu"].flatMap((name) => [
      [name, (of, [x, y]) => of.activate(name, y, x, m * n)],
      [`${name}, backward`, (of, [x, y, z]) => of.activateBackward(name, z, y, x, m * n)],
    ]),
  ),
  dropout: (of, [x]) => of.dropout(x, 0.1, [1, 2], m * n),
  "softmaxCrossEntropy 64 10": (of, [x, y, , labels]) => of.softmaxCrossEntropy(x, y, labels, m, 10),
  "squaredError 64 10": (of, [x, y, z]) => of.squaredError(x, y, z, m, 10),
  addScaled: (of, [g, w]) => of.addScaled(g, w, 1e-9, weights),
  descend: (of, [w, g]) => of.descend(w, g, 1e-9, weights),
  descendMomentum: (of, [w, g, v]) => of.descendMomentum(w, g, v, 1e-9, 0.9, 0.1, weights),
  descendRmsProp: (of, [w, g, v]) => of.descendRmsProp(w, g, v, 1e-9, 0.9, 1e-8, weights),
  descendAdam: (of, [w, g, v, s]) => of.descendAdam(w, g, v, s, 1e-9, 0.9, 0.999, 1e-8, 0.5, 0.5, weights),
};
for (const [name, task] of Object.entries(tasks)) {
  const runs = only.map(({ operations, allocate }) => {
    const arrays = fill(allocate(...Array(7).fill(weights)));
    arrays[3].forEach((_, i) => {
      arrays[3][i] = name.startsWith("softmax") ? i % 10 : Math.abs(arrays[3][i]);
    });
    arrays[4].fill(1);
    return () => task(operations, arrays);
  });
  console.log(
    `${name.padEnd(40)}${compare(runs)
      .map((time) => cell((time * 1e6).toFixed(2)))
      .join("")}`,
  );
}
