/** One run: one contender on one instance, asked and told one trial at a time, until the budget is spent. */
import { openStudy } from "@caviar/core";
import { createStrategy } from "@caviar/tune";
import { makeInstance } from "./suites.mjs";

/** What is kept of a run: the simple regret after each trial, the regret of the recommendation at each checkpoint, the CPU of each ask. */
export function runOnce(entry, seed, { contender, cropped, budget }) {
  const made = makeInstance(entry, seed, cropped);
  const study = openStudy({
    problem: made.problem,
    strategy: createStrategy(contender.strategy, contender.options),
    seed: `${entry.id} ${seed}`,
  });
  const regrets = [];
  const asks = [];
  const recommended = {};
  let best = Number.POSITIVE_INFINITY;
  while (regrets.length < budget) {
    const before = cpuMilliseconds();
    const [job] = study.ask(1).jobs;
    const asked = cpuMilliseconds();
    if (job === undefined) break;
    const value = made.evaluate(job.config);
    const observed = made.observe === undefined ? value : made.observe(job.config);
    const telling = cpuMilliseconds();
    study.tell(job.id, { values: [observed] });
    asks.push(asked - before + cpuMilliseconds() - telling);
    best = Math.min(best, value);
    regrets.push(rounded(best - made.optimum));
    if (entry.recommended && entry.checkpoints.some(({ at }) => at === regrets.length)) {
      recommended[regrets.length] = rounded(made.evaluate(study.recommend()) - made.optimum);
    }
  }
  return { problem: entry.id, seed, unit: rounded(made.unit), regrets, recommended, asks: asks.map((cost) => rounded(cost, 3)) };
}

/** Of this process, all its threads: compiling and collecting are part of what an ask costs. */
function cpuMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function rounded(value, digits = 7) {
  return Number(value.toPrecision(digits));
}
