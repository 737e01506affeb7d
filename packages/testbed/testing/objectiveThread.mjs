/** A worker thread that holds the run of a task and evaluates what it is sent: `{ job }` begins a job, `{ abort: id }` ends one. */
import { parentPort, workerData } from "node:worker_threads";
import { loadTask, openRun } from "../dist/index.js";

const run = openRun(await loadTask(workerData), { turn: () => new Promise(setImmediate) });
const controllers = new Map();

parentPort.on("message", (message) => void follow(message));

async function follow({ job, abort }) {
  if (abort !== undefined) return controllers.get(abort)?.abort();
  const controller = new AbortController();
  controllers.set(job.id, controller);
  const measure = (told) => {
    parentPort.postMessage({ id: job.id, told });
    return !controller.signal.aborted;
  };
  parentPort.postMessage({ id: job.id, result: await run.evaluate(job, { signal: controller.signal, measure }) });
}
