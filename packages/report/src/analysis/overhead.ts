/**
 * What strategies cost besides the evaluations: the time of each ask, and from which cost of an evaluation on it pays off. Times are those
 * of the machine that made the runs.
 */
import { exp, log } from "@caviar-hpo/numerics";
import type { CampaignResults, RunResult } from "../results.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { quartiles } from "../statistics/quartiles.ts";
import { blockRanks, meanRank } from "./scores.ts";

export type Overhead = {
  /** One entry per strategy, in the order of the campaign. */
  readonly strategies: readonly StrategyOverhead[];
  /** Costs of an evaluation in seconds, ascending. */
  readonly costs: readonly number[];
  /**
   * [strategy][cost]: the mean rank if every run has the time that the reference takes for the whole budget. Evaluations count that begin
   * in this time. Empty if resource is counted, or if a run has no times.
   */
  readonly meanRanks: readonly (readonly Estimate[])[];
};

export type StrategyOverhead = {
  /** Runs with times. */
  readonly runs: number;
  /** The median over runs of the seconds of each ask. */
  readonly askSeconds: readonly number[];
  /** The median over runs of the seconds of all asks. */
  readonly runSeconds: number;
};

const costCount = 29;
const [leastCost, mostCost] = [1e-3, 1e4];

/**
 * @param blocks runs[problem][strategy][block] of complete blocks, and the log regret after each step
 * @returns null if no run has times
 */
export function overhead(
  { strategies, runs, resource }: CampaignResults,
  blocks: {
    readonly runs: readonly (readonly (readonly RunResult[])[])[];
    readonly curves: readonly (readonly (readonly Float64Array[])[])[];
  },
  reference: number,
): Overhead | null {
  const costly = strategies.map(({ label }) => strategyOverhead(runs.filter(({ strategy }) => strategy === label)));
  if (costly.every((one) => one.runs === 0)) return null;
  const step = log(mostCost / leastCost) / (costCount - 1);
  const costs = Array.from({ length: costCount }, (_, place) => leastCost * exp(place * step));
  const complete = blocks.runs.every((problem) => problem.every((ofStrategy) => ofStrategy.every((run) => run.askSeconds !== undefined)));
  if (resource !== undefined || !complete || strategies.length < 2) return { strategies: costly, costs, meanRanks: [] };
  const perStep = strategies.map(({ evaluationsPerStep }) => evaluationsPerStep);
  const atCost = costs.map((cost) =>
    blocks.runs.map((problem, place) =>
      blockRanks(
        problem.map((ofStrategy, strategy) =>
          ofStrategy.map((run, block) => {
            const curve = blocks.curves[place]![strategy]![block]!;
            const seconds = cost * curve.length + sum(problem[reference]![block]!.askSeconds!);
            const steps = stepsWithin(run.askSeconds!, { cost, seconds, perStep: perStep[strategy]! });
            return steps === 0 ? Infinity : curve[Math.min(steps, curve.length) - 1]!;
          }),
        ),
      ),
    ),
  );
  const meanRanks = strategies.map((_, strategy) => atCost.map((ranks) => meanRank(ranks, strategy, strategies.length)));
  return { strategies: costly, costs, meanRanks };
}

function strategyOverhead(runs: readonly RunResult[]): StrategyOverhead {
  const timed = runs.flatMap(({ askSeconds = [] }) => (askSeconds.length === 0 ? [] : [askSeconds]));
  const longest = timed.reduce((most, { length }) => Math.max(most, length), 0);
  const askSeconds = Array.from({ length: longest }, (_, ask) => medianOf(timed.flatMap((run) => run[ask] ?? [])));
  return { runs: timed.length, askSeconds, runSeconds: timed.length === 0 ? 0 : medianOf(timed.map(sum)) };
}

/**
 * The steps that begin in a time. Asks take their seconds. A step of several evaluations makes them at the same time. A run that asks for
 * less than its steps, for instance because points were given to it, has no more asks to pay for.
 */
export function stepsWithin(
  askSeconds: readonly number[],
  { cost, seconds, perStep }: { readonly cost: number; readonly seconds: number; readonly perStep: number },
): number {
  let spent = 0;
  for (let step = 0; ; step++) {
    for (let part = 0; part < perStep; part++) spent += askSeconds[step * perStep + part] ?? 0;
    // The allowance is for rounding: the last step of the reference begins in time, and the one after it does not.
    if (spent >= seconds * (1 - 1e-9)) return step;
    spent += cost;
  }
}

function medianOf(values: readonly number[]): number {
  return quartiles(values).median;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
