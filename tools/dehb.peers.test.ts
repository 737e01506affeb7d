/** DEHB compared with its authors' implementation: which jobs run, and how good the incumbents are. */
// python: dehb
import { derive, type Job, root, type Strategy, simulate, startStudy } from "@caviar-hpo/core";
import { asProblem, jobSeconds, type MultiFidelityFunction, multiFidelityFunction, multiFidelityInstance } from "@caviar-hpo/objectives";
import { createStrategy } from "@caviar-hpo/tune";
import { expect, test } from "vitest";
import { python, writePeers } from "../packages/bench/src/parts/peers.ts";
import { openProgramStrategy } from "../packages/bench/src/parts/programStrategy.ts";
import { hodgesLehmann } from "../packages/samplers/testing/comparison.ts";

const ids = ["counting-ones-c4-r4", "curves-aligned-rastrigin-d4", "curves-loose-hartmann6"];
const seeds = Array.from({ length: 40 }, (_, seed) => seed);
const trainings = [10, 20, 40];

type Run = { readonly jobs: readonly Job[]; readonly regrets: readonly number[] };

/** The jobs of a search, and the true regrets of its incumbents after each number of full trainings. */
function runOf(fn: MultiFidelityFunction, strategy: Strategy, seed: number): Run {
  const jobs: Job[] = [];
  const study = startStudy({ problem: asProblem(fn), strategy, seed }, (event) => {
    if (event.kind === "asked") jobs.push(...event.jobs);
  });
  const { max } = fn.fidelity;
  const { incumbents } = simulate(
    study,
    {
      seconds: (config, from, until) => jobSeconds(fn, config, from, until),
      evaluate: ({ config }, fidelity, key) => ({ values: [fn.evaluate(config, fidelity, key)] }),
    },
    { resource: trainings.at(-1)! * max },
  );
  const regrets = trainings.map((count) => {
    const { trial } = incumbents.filter(({ resource }) => resource <= count * max).at(-1)!;
    return fn.truth(study.history.trials[trial]!.config) - fn.optimum.value;
  });
  return { jobs, regrets };
}

const { folder, remove } = writePeers();
const program = { command: [python("dehb"), "serve.py"], cwd: folder, inherit: [], timeoutSeconds: 60 };

function theirs(fn: MultiFidelityFunction, seed: number): Run {
  const { strategy, close } = openProgramStrategy({
    title: "DEHB",
    program,
    name: "dehb",
    options: {},
    problem: asProblem(fn),
    seed: `${seed}`,
  });
  try {
    return runOf(fn, strategy, seed);
  } finally {
    close();
  }
}

function instanceOf(id: string, seed: number): MultiFidelityFunction {
  return multiFidelityInstance(multiFidelityFunction(id), derive(root("dehb against its reference"), seed));
}

/** For instance 27@1 9@3r: 27 jobs to the fidelity 1, and then 9 to 3 that resume a trial. */
function sequenceOf(jobs: readonly Job[]): string {
  const kinds = jobs.map(({ until, from }) => `${until}${from === null ? "" : "r"}`);
  const starts = kinds.flatMap((kind, index) => (kind === kinds[index - 1] ? [] : [index]));
  return starts.map((start, index) => `${(starts[index + 1] ?? kinds.length) - start}@${kinds[start]}`).join(" ");
}

test("under the same bracket table, both run the same jobs: the first iteration promotes, the second makes new trials", () => {
  for (const id of ["counting-ones-c4-r4", "curves-loose-hartmann6"]) {
    const fn = instanceOf(id, 0);
    const [own, other] = [runOf(fn, createStrategy("dehb", { convention: "table1" }), 0), theirs(fn, 0)];
    const twoIterations = 2 * 187;
    expect(own.jobs.length).toBeGreaterThan(twoIterations);
    expect(sequenceOf(own.jobs.slice(0, twoIterations))).toBe(sequenceOf(other.jobs.slice(0, twoIterations)));
  }
});

test("on three problems, 40 seeds, after 10, 20 and 40 full trainings, the regret is no worse", { timeout: 3_600_000 }, () => {
  const runs = ids.map((id) =>
    seeds.map((seed) => {
      const fn = instanceOf(id, seed);
      return { own: runOf(fn, createStrategy("dehb"), seed), other: theirs(fn, seed) };
    }),
  );
  const factorsAt = (index: number) =>
    runs.map((pairs) => pairs.map(({ own, other }) => Math.log(own.regrets[index]! / other.regrets[index]!)));
  const text = (logs: readonly number[]): string => {
    const { estimate, low, high } = hodgesLehmann(logs);
    return [estimate, low, high].map((log) => Math.exp(log).toFixed(3)).join(" ");
  };
  trainings.forEach((count, index) => {
    const factors = factorsAt(index);
    ids.forEach((id, at) => process.stdout.write(`${id}, ${count} trainings: factor ${text(factors[at]!)}\n`));
    process.stdout.write(`all, ${count} trainings: factor ${text(factors.flat())}\n`);
    expect(hodgesLehmann(factors.flat()).high).toBeLessThan(Math.log(1.25));
  });
  remove();
});
