/**
 * Speed-ups: the expected running time of the reference to a target, divided by that of a strategy. The target is what random search has
 * found in the median with the whole budget, from a sample that no run uses. A target from the runs of the reference itself would favour
 * the strategies that were lucky on the same seeds. The intervals of `overall` hold for all strategies at once (Bonferroni), so that equal
 * strategies hardly ever show a speed-up.
 */
import { level } from "../confidence.ts";
import type { ProblemFacts } from "../results.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { type Quartiles, quartiles } from "../statistics/quartiles.ts";
import { medianShare, runningTime, runningTimeShare, type TargetRuns } from "../statistics/runningTimeInterval.ts";
import type { ProblemBlocks } from "./problemBlocks.ts";
import { hitTimes } from "./runningTimes.ts";
import { finalTarget, type RuntimeTarget } from "./targets.ts";

export type SpeedUps = {
  readonly cards: readonly ProblemFacts[];
  /** [problem][strategy] */
  readonly problems: readonly (readonly StrategyTime[])[];
  /** Over the problems, one entry per strategy. */
  readonly overall: readonly {
    /** The number of problems on which at least half of the runs reach the target. */
    readonly reached: number;
    /** The median over problems of `share`. */
    readonly share: Estimate;
  }[];
};

export type StrategyTime = {
  /** The expected running time, in counted evaluations or full trainings; Infinity if no run reaches the target. */
  readonly expected: Estimate;
  /** `expected` divided by that of the reference. The speed-up is the inverse. Infinity if `expected` is. */
  readonly share: Estimate;
  readonly successes: number;
  readonly runs: number;
  /** Quartiles over the runs of when they are first at the target. */
  readonly each: Quartiles;
};

/** Null if no problem has anchors. */
export function speedUps(all: readonly ProblemBlocks[], reference: number): SpeedUps | null {
  const withTarget = all.filter((blocks) => finalTarget(blocks).length > 0);
  if (withTarget.length === 0) return null;
  const problems = withTarget.map((blocks) => runsTo(blocks, finalTarget(blocks)[0]!));
  const count = problems[0]!.length;
  const times = problems.map((strategies) =>
    strategies.map(
      (runs): StrategyTime => ({
        expected: runningTime(runs),
        share: runningTimeShare(runs, strategies[reference]!),
        successes: runs.times.filter((time) => time < Infinity).length,
        runs: runs.times.length,
        each: quartiles([...runs.times]),
      }),
    ),
  );
  return {
    cards: withTarget.map(({ card }) => card),
    problems: times,
    overall: Array.from({ length: count }, (_, strategy) => ({
      reached: times.filter((ofProblem) => 2 * ofProblem[strategy]!.successes >= ofProblem[strategy]!.runs).length,
      share: medianShare(
        problems.map((strategies) => [strategies[strategy]!, strategies[reference]!]),
        level / Math.max(1, count - 1),
      ),
    })),
  };
}

function runsTo(blocks: ProblemBlocks, target: RuntimeTarget): readonly TargetRuns[] {
  const { times, ends } = hitTimes(blocks, target);
  return times.map((ofStrategy, strategy) => ({ times: ofStrategy, ends: ends[strategy]! }));
}
