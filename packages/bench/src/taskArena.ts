/**
 * Networks to train: a task of the testbed. Strategies hear the error on the validation rows; the test rows say what a recommendation is worth,
 * once it is trained in full. Nobody knows the least error there is, so the value itself stands where others have a regret. The seed
 * moves initial weights, the order of examples and dropout; a configuration trained twice with one seed takes the same course, whoever
 * trains it.
 */
import { decode, derive } from "@caviar-hpo/core";
import { openRun, type Task } from "@caviar-hpo/testbed";
import type { Arena } from "./arena.ts";
import { cellKey, initialDesign } from "./cells.ts";
import type { Plan } from "./plan.ts";

export function taskArena(plan: Plan, problem: string, seed: number, task: Task): Arena {
  const key = cellKey(problem, seed);
  const { space } = task.problem;
  const { test } = task.data;
  const start = (): ReturnType<typeof openRun> => openRun(task, { key: derive(key, "training") });
  let run = start();
  return {
    facts: {
      title: task.name,
      dimensions: space.params.length,
      optimum: 0,
      // The floor, ten times this, is half a row.
      tolerance: 0.05 / test.n,
      measure: `test ${task.metric}`,
      tags: [],
      source: `@caviar-hpo/testbed: ${task.data.train.n} rows to train on, ${task.data.validation.n} to validate, ${test.n} to test`,
    },
    problem: task.problem,
    initial: initialDesign(plan.initialPoints, space.dims, derive(key, "initial")).map((unit) => decode(space, unit)),
    seconds: (config, from, to) => ((to - from) * task.epochFlops(config)) / flopsPerSecond,
    begin: () => {
      run = start();
      return {
        asked: (job, fidelity, resource) => {
          run.note(job);
          return { trial: job.trial, config: job.config, fidelity, resource };
        },
        answer: (job, fidelity) => {
          const measured = run.measure(job, fidelity);
          return { told: "values" in measured ? measured.values[0]! : null };
        },
      };
    },
    score: (config) => run.score(config) ?? Number.NaN,
  };
}

/** Of the simulated workers; only the ratio of two trainings matters. */
const flopsPerSecond = 1e9;
