/**
 * Networks to train: a task of the testbed. Strategies hear the error on the validation rows. A recommendation is worth its error on the
 * test rows after full training. The least possible error is unknown, so reports show the value itself instead of a regret. The seed
 * changes initial weights, the order of examples and dropout. A configuration trained twice with one seed takes the same course, whichever
 * strategies train it.
 */
import { derive } from "@caviar-hpo/core";
import { openRun, type Task } from "@caviar-hpo/testbed";
import type { Arena } from "./arena.ts";
import { arenaKey, initialDesign, type TaskArenaSpec } from "./arenaSpec.ts";

export function taskArena(spec: TaskArenaSpec, task: Task): Arena {
  const { space } = task.problem;
  const start = (): ReturnType<typeof openRun> => openRun(task, { key: derive(arenaKey(spec), "training") });
  let run = start();
  return {
    facts: factsOf(task),
    problem: task.problem,
    initial: initialDesign(spec, space),
    seconds: (config, from, to) => ((to - from) * task.epochFlops(config)) / flopsPerSecond,
    noisy: false,
    population: null,
    begin: () => {
      run = start();
      return {
        request: (job, fidelity, resource) => {
          run.note(job);
          return { trial: job.trial, config: job.config, fidelity, resource };
        },
        answer: (job, fidelity) => {
          const measured = run.measure(job, fidelity);
          return { told: "values" in measured ? measured.values[0]! : NaN };
        },
      };
    },
    score: (config) => run.score(config) ?? NaN,
  };
}

function factsOf({ name, metric, problem, data: { train, validation, test } }: Task): Arena["facts"] {
  return {
    title: name,
    dimensions: problem.space.params.length,
    optimum: 0,
    // The report's floor, ten times this, is half a row.
    tolerance: 0.05 / test.n,
    measure: `test ${metric}`,
    tags: [],
    source: `@caviar-hpo/testbed: ${train.n} rows to train on, ${validation.n} to validate, ${test.n} to test`,
  };
}

/** Of the simulated workers; only the ratio of two trainings matters. */
const flopsPerSecond = 1e9;
