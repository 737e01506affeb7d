/** Runs tasks in so many child processes and says on standard error how far it is. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The records of all tasks, in the tasks' order. */
export async function runAll(tasks, jobs) {
  const records = new Array(tasks.length);
  const started = performance.now();
  let next = 0;
  let ended = 0;
  const note = () => {
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const text = `${ended}/${tasks.length} runs, ${seconds} s`;
    if (process.stderr.isTTY) process.stderr.write(`\r${text}${ended === tasks.length ? "\n" : ""}`);
    else if (ended === tasks.length || Math.floor((ended * 10) / tasks.length) > Math.floor(((ended - 1) * 10) / tasks.length)) {
      process.stderr.write(`${text}\n`);
    }
  };
  const work = () =>
    new Promise((resolve, reject) => {
      const child = fork(fileURLToPath(new URL("worker.mjs", import.meta.url)));
      let current = -1;
      const give = () => {
        if (next === tasks.length) {
          child.disconnect();
          resolve();
          return;
        }
        current = next;
        next++;
        child.send(tasks[current]);
      };
      child.on("message", ({ record }) => {
        records[current] = { contender: tasks[current].settings.contender.label, ...record };
        ended++;
        note();
        give();
      });
      child.on("exit", (code) => reject(new Error(`a worker ended with code ${code} in ${JSON.stringify(tasks[current] ?? null)}`)));
      give();
    });
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
  return records;
}
