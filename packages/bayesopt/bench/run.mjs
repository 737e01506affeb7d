/** One run: one contender on one instance, asked and told one trial at a time, until the budget is spent. */
import { openContender } from "./contenders.mjs";
import { makeInstance } from "./suites.mjs";

/**
 * What is kept of a run: the simple regret after each trial, the regret of the recommendation at each checkpoint, the CPU of each trial.
 */
export async function runOnce(entry, seed, { contender, cropped, budget, checkpoints }) {
  const made = makeInstance(entry, seed, cropped);
  const study = await openContender(contender, made.problem, `${entry.id} ${seed}`);
  const regrets = [];
  const asks = [];
  const recommended = {};
  let best = Infinity;
  while (regrets.length < budget) {
    const { job, milliseconds } = await study.ask();
    if (job === null) break;
    const value = made.evaluate(job.config);
    const told = await study.tell(job.id, made.observe === undefined ? value : made.observe(job.config));
    asks.push(rounded(milliseconds + told, 3));
    best = Math.min(best, value);
    regrets.push(rounded(best - made.optimum));
    if (entry.recommended && checkpoints.includes(regrets.length)) {
      recommended[regrets.length] = rounded(made.evaluate(await study.recommend()) - made.optimum);
    }
  }
  return { problem: entry.id, seed, unit: rounded(made.unit), regrets, recommended, asks };
}

function rounded(value, digits = 7) {
  return Number(value.toPrecision(digits));
}
