/**
 * How good the incumbents of strategies with a fidelity are, so that two builds, or two strategies, can be compared pair by pair.
 *
 *     node packages/samplers/bench/dehbTrials.mjs run --sets tuning --strategy dehb --seeds 40 --out before.jsonl
 *     node packages/samplers/bench/dehbTrials.mjs compare before.jsonl after.jsonl
 *
 * A run spends the resource of 40 full trainings on one worker, and resumes trials where the problem allows it. What counts is the share of
 * 10,000 random points of the problem that are better, in truth and when trained in full, than the incumbent (pairs.mjs). The set tuning is
 * for choosing defaults, and the set test is for reports.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { derive, root, simulate, startStudy, uniformConfig } from "@caviar-hpo/core";
import { asProblem, jobSeconds, multiFidelityFunction, multiFidelityInstance } from "@caviar-hpo/objectives";
import { createStrategy } from "@caviar-hpo/tune";
import { compare, shareAmong } from "./pairs.mjs";

const trainings = [10, 20, 40];

const sets = {
  tuning: [
    ...["counting-ones-c4-r4", "counting-ones-c8-r8", "mf-hartmann3-moderate", "mf-hartmann6-good", "mf-hartmann6-bad"],
    ...["aligned-branin", "aligned-rastrigin-d4", "loose-hartmann6", "noisy-levy-d4", "crossing-branin", "diverging-ackley-d4"].map(
      (id) => `curves-${id}`,
    ),
  ],
  test: [
    ...["counting-ones-c2-r6", "mf-hartmann3-good", "mf-hartmann6-moderate"],
    ...["aligned-alpine2-d4", "loose-zakharov-d4", "noisy-dixon-price-d4", "crossing-trid-d4", "diverging-goldstein-price"].map(
      (id) => `curves-${id}`,
    ),
  ],
};

function run({ sets: names, strategy, seeds, out }) {
  for (const set of names.split(",")) {
    for (const id of sets[set]) {
      const fn = multiFidelityInstance(multiFidelityFunction(id), derive(root("bench dehb"), id));
      const shareOf = shareAmong(anchorsOf(fn));
      for (let seed = 0; seed < Number(seeds); seed++) {
        const at = truthsOf(fn, createStrategy(strategy, {}, asProblem(fn)), seed).map(([count, value]) => [count, value, shareOf(value)]);
        appendFileSync(out, `${JSON.stringify({ set, problem: id, seed, at })}\n`);
      }
    }
  }
}

/** The values of random points that are trained in full, ascending; infinite for infeasible ones. */
function anchorsOf(fn) {
  const values = Float64Array.from({ length: 10_000 }, (_, index) =>
    fn.truth(uniformConfig(fn.space, derive(root("anchors"), fn.id, index))),
  );
  return values.map((value) => (Number.isNaN(value) ? Infinity : value)).sort();
}

/** The true value of the incumbent after each number of full trainings. */
function truthsOf(fn, strategy, seed) {
  const study = startStudy({ problem: asProblem(fn), strategy, seed });
  const { max } = fn.fidelity;
  const { incumbents } = simulate(
    study,
    {
      seconds: (config, from, until) => jobSeconds(fn, config, from, until),
      evaluate: ({ config }, fidelity, key) => ({ values: [fn.evaluate(config, fidelity, key)] }),
    },
    { resource: trainings.at(-1) * max },
  );
  return trainings.map((count) => {
    const { trial } = incumbents.filter(({ resource }) => resource <= count * max).at(-1);
    return [count, fn.truth(study.history.trials[trial].config)];
  });
}

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: "string", default: "tuning" },
    strategy: { type: "string", default: "dehb" },
    seeds: { type: "string", default: "40" },
    out: { type: "string", default: "dehb.jsonl" },
  },
});
const [command, ...files] = positionals;
if (command === "compare") compare(files[0], files[1]);
else run(given);
