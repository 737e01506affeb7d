/**
 * A task's trainings in a thread of their own give the bits they give in this one. The thread runs the compiled package, so without the
 * condition that leads to sources.
 */
import { Worker } from "node:worker_threads";
import { drive, type Evaluate, type Evaluated, startStudy, type Told } from "@caviar-hpo/core";
import { afterAll, expect, it } from "vitest";
import { loadTask } from "./namedTasks.ts";
import { openRun } from "./taskRun.ts";
import { tournament } from "./tiny.fixture.ts";

const name = "moons-course";
const thread = new Worker(new URL("../../testing/objectiveThread.mjs", import.meta.url), { workerData: name, execArgv: [] });
afterAll(() => thread.terminate());

type Said = { readonly id: number } & ({ readonly told: Told & { readonly fidelity: number } } | { readonly result: Evaluated });

/** Sends jobs to the thread, and passes on what it measures. */
const remote: Evaluate = (job, { signal, measure }) =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => thread.postMessage({ abort: job.id }));
    const listen = (said: Said): void => {
      if (said.id !== job.id) return;
      if ("told" in said) measure(said.told);
      else {
        thread.off("message", listen);
        resolve(said.result);
      }
    };
    thread.on("message", listen);
    thread.postMessage({ job });
  });

it("a worker thread measures what this thread does, paused trials and all", async () => {
  const task = await loadTask(name);
  const curves = async (evaluate: Evaluate, workers: number): Promise<unknown> => {
    const study = startStudy({ problem: task.problem, strategy: tournament(), seed: 1 });
    expect(await drive(study, evaluate, { workers })).toBe("done");
    return study.history.trials.map(({ status, curve }) => [status, curve.map(({ fidelity, values }) => [fidelity, ...values])]);
  };
  const here = await curves(openRun(task).evaluate, 1);
  expect(await curves(remote, 1)).toEqual(here);
  expect(JSON.stringify(here)).toContain("[9,");
});
