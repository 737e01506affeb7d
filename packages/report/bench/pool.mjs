/** Runs tasks in threads of one module, and says on standard error how far it is. */
import { Worker } from "node:worker_threads";

/**
 * @param {URL} module what a thread runs: it answers each message { index, task } with { index, result }
 * @returns the results in the order of the tasks
 */
export async function runAll(module, tasks, threads) {
  const results = new Array(tasks.length);
  const started = performance.now();
  let next = 0;
  let ended = 0;
  const note = () => {
    if (Math.floor((ended * 20) / tasks.length) === Math.floor(((ended - 1) * 20) / tasks.length)) return;
    process.stderr.write(`${Math.round((100 * ended) / tasks.length)} % after ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  };
  const work = () =>
    new Promise((resolve, reject) => {
      const thread = new Worker(module);
      const give = () => {
        if (next === tasks.length) {
          resolve(thread.terminate());
          return;
        }
        thread.postMessage({ index: next, task: tasks[next] });
        next++;
      };
      thread.on("message", ({ index, result }) => {
        results[index] = result;
        ended++;
        note();
        give();
      });
      thread.on("error", reject);
      give();
    });
  await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, work));
  return results;
}
