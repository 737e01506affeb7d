/** The thread of batchNorm.mjs: one run a message. */
import { parentPort } from "node:worker_threads";
import { experiments } from "./experiments.mjs";

parentPort.on("message", (message) => void answer(message));

async function answer({ name, job }) {
  const started = performance.now();
  const result = await experiments[name].run(job);
  parentPort.postMessage({ result, elapsed: (performance.now() - started) / 1000 });
}
