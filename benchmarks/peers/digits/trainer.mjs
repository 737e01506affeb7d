/**
 * Trains the network of the task `digits-course` for programs in other languages. It reads one JSON request a line, and answers each with
 * one line. `{"config": …}` begins a training. `{"epoch": n}` trains on to that epoch, and the answer is `{"value": error}` on the
 * validation rows, or `{"infeasible": true}` if the training has diverged. `{"test": config}` trains in full, and the answer is the error
 * on the test rows.
 */
import { createInterface } from "node:readline";
import { loadTask, openRun } from "@caviar-hpo/testbed";

const task = await loadTask("digits-course");
const run = openRun(task);
let trial = -1;
let config = null;

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);

function answer(request) {
  if (request.test !== undefined) return { value: run.score(request.test) };
  if (request.config !== undefined) {
    trial++;
    config = request.config;
    return {};
  }
  const measured = run.measure({ trial, config, from: null }, request.epoch);
  return "values" in measured ? { value: measured.values[0] } : { infeasible: true };
}
