/**
 * Training steps per second of a multilayer perceptron with batch normalisation in TensorFlow.js, for `npm run bench:testbed`, which says
 * how to install it. One thread; the loss is read after each step, because a check for divergence must do this.
 *
 * Usage: node steps.mjs wasm|cpu 784,64,64,10 64 5   (backend, units of each layer, batch, processor seconds)
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";

const [backend, shape, batch, seconds] = process.argv.slice(2);
const units = shape.split(",").map(Number);
const m = Number(batch);

tf.env().set("PROD", true);
if (backend === "wasm") {
  setThreadsCount(1);
  setWasmPaths(join(dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist/"));
}
await tf.setBackend(backend);
await tf.ready();

const model = sequential();
for (const [index, width] of units.slice(1, -1).entries()) {
  const inputShape = index === 0 ? { inputShape: [units[0]] } : {};
  model.add(layers.dense({ units: width, useBias: false, kernelInitializer: "heNormal", ...inputShape }));
  model.add(layers.batchNormalization({ epsilon: 1e-5 }));
  model.add(layers.activation({ activation: "relu" }));
}
model.add(layers.dense({ units: units.at(-1) }));
const adam = tf.train.adam(1e-3);
const inputs = tf.randomUniform([m, units[0]], 0, 1, "float32", 1);
const classes = tf.tensor1d(
  Array.from({ length: m }, (_, row) => row % units.at(-1)),
  "int32",
);
const targets = tf.cast(tf.oneHot(classes, units.at(-1)), "float32");

function step() {
  const loss = adam.minimize(() => tf.losses.softmaxCrossEntropy(targets, model.apply(inputs, { training: true })), true);
  const [value] = loss.dataSync();
  loss.dispose();
  return value;
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const first = step();
for (let warm = 0; warm < 20; warm++) step();
const start = cpuSeconds();
let steps = 0;
let last = first;
while (cpuSeconds() - start < Number(seconds)) {
  last = step();
  steps++;
}
process.stdout.write(`${JSON.stringify({ version: tf.version_core, stepsPerSecond: steps / (cpuSeconds() - start), first, last })}\n`);
