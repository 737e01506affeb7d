/** How much of what was planned is there: the runs of one strategy on one problem. */
import type { CampaignResults, ProblemFacts, StrategyCard } from "../results.ts";

export type Completeness = {
  readonly runs: number;
  /** The number of runs that ended because of a fault. */
  readonly failedRuns: number;
  /** The number of evaluations (or measurements) that failed. */
  readonly failures: number;
  /** For each run that ended before the budget, what it spent; ascending. */
  readonly endedEarly: readonly number[];
};

export function completeness(results: CampaignResults, problem: ProblemFacts, strategy: StrategyCard): Completeness {
  const runs = results.runs.filter((run) => run.problem === problem.id && run.strategy === strategy.label);
  const most = problem.budget * strategy.evaluationsPerStep;
  return {
    runs: runs.length,
    failedRuns: runs.filter(({ failed }) => failed !== undefined).length,
    failures: runs
      .map(({ values, training }) => training?.failures ?? values.filter((value) => value === null).length)
      .reduce((total, failures) => total + failures, 0),
    endedEarly: runs
      .map(({ values, training }) => training?.spent ?? values.length)
      .filter((spent) => spent < most * (1 - 1e-9))
      .sort((a, b) => a - b),
  };
}
