/**
 * Speed-ups: the expected running time of the reference to a target, divided by that of a strategy. The target is what random search has
 * found in the median with the whole budget, from a sample that no run uses. A target from the runs of the reference itself would favour
 * the strategies that were lucky on the same seeds. The intervals of `overall` hold for all strategies at once (Bonferroni), so that equal
 * strategies hardly ever show a speed-up.
 */
import type { Key } from "@caviar-hpo/core";
import { level } from "../confidence.ts";
import type { ProblemFacts } from "../results.ts";
import { type Estimate, resampled } from "../statistics/bootstrap.ts";
import { type Quartiles, quantile, quartiles } from "../statistics/quartiles.ts";
import { expectedRunningTime } from "../statistics/runningTime.ts";
import type { ProblemBlocks } from "./problemBlocks.ts";
import { hitTimes } from "./runningTimes.ts";
import { finalTarget } from "./targets.ts";

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
export function speedUps(all: readonly ProblemBlocks[], reference: number, key: Key): SpeedUps | null {
  const problems = all.flatMap((blocks) => finalTarget(blocks).map((target) => ({ blocks, ...hitTimes(blocks, target) })));
  if (problems.length === 0) return null;
  const count = problems[0]!.times.length;
  const sizes = problems.map(({ blocks }) => blocks.runs[0]!.length);
  // Components: the running time and the share of every strategy on every problem, then the median share over problems.
  const medians = 2 * problems.length * count;
  const shares = new Float64Array(problems.length);
  const { estimate } = resampled(key, sizes, medians + count, (drawn, components) => {
    problems.forEach(({ times, ends }, place) => {
      const ofReference = expectedRunningTime(times[reference]!, ends[reference]!, drawn[place]!);
      for (let strategy = 0; strategy < count; strategy++) {
        const expected = expectedRunningTime(times[strategy]!, ends[strategy]!, drawn[place]!);
        components[2 * (place * count + strategy)] = expected;
        components[2 * (place * count + strategy) + 1] = shareOf(expected, ofReference);
      }
    });
    for (let strategy = 0; strategy < count; strategy++) {
      for (let place = 0; place < shares.length; place++) shares[place] = components[2 * (place * count + strategy) + 1]!;
      components[medians + strategy] = quantile(Array.from(shares.sort()), 0.5);
    }
  });
  const times = problems.map((problem, place) =>
    problem.times.map(
      (ofRuns, strategy): StrategyTime => ({
        expected: estimate(2 * (place * count + strategy), { problem: place }),
        share: estimate(2 * (place * count + strategy) + 1, { problem: place }),
        successes: ofRuns.filter((time) => time < Infinity).length,
        runs: ofRuns.length,
        each: quartiles([...ofRuns]),
      }),
    ),
  );
  return {
    cards: problems.map(({ blocks }) => blocks.card),
    problems: times,
    overall: Array.from({ length: count }, (_, strategy) => ({
      reached: times.filter((ofProblem) => 2 * ofProblem[strategy]!.successes >= ofProblem[strategy]!.runs).length,
      share: estimate(medians + strategy, { outside: level / Math.max(1, count - 1) }),
    })),
  };
}

/** A strategy that never gets there needs infinitely much, whatever the reference needs. One that gets there alone needs nothing of it. */
function shareOf(expected: number, ofReference: number): number {
  return expected === Infinity ? expected : expected / ofReference;
}
