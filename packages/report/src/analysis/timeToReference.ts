/**
 * What each strategy spends to reach the final quality of the reference: the resource after which at least half of its runs are as good as
 * the median run of the reference is at the end. The reference is measured and resampled in the same way, so a strategy that equals the
 * reference has a share of 1.
 */
import type { Key } from "@caviar-hpo/core";
import { type Estimate, resampled } from "../statistics/bootstrap.ts";
import { type Quartiles, quantile, quartiles } from "../statistics/quartiles.ts";
import { timeToTarget } from "../statistics/timeToTarget.ts";

export type TimeToReference = {
  /** One entry per problem, in the order of the curves. */
  readonly problems: readonly {
    /** The median over runs of the reference's final log regret. */
    readonly target: number;
    readonly strategies: readonly StrategyTime[];
  }[];
  /** Over the problems, one entry per strategy. */
  readonly overall: readonly {
    /** Number of problems on which at least half of the runs reach that quality within the budget. */
    readonly reached: number;
    /** The median over problems of `share`. */
    readonly share: Estimate;
  }[];
};

export type StrategyTime = {
  /** In full trainings; Infinity if fewer than half of the runs reach the quality. */
  readonly resource: Estimate;
  /** `resource` divided by that of the reference. The speed-up is the inverse. Infinity if `resource` is. */
  readonly share: Estimate;
  /** Number of runs that have the quality at the end of the budget. */
  readonly runs: number;
  /** Number of runs. */
  readonly of: number;
  /** Quartiles over runs of the full trainings that each run needs. */
  readonly each: Quartiles;
};

/**
 * @param curves of complete blocks, curves[problem][strategy][block]
 * @param positions the resource at each entry of a curve
 */
export function timeToReference(
  curves: readonly (readonly (readonly Float64Array[])[])[],
  positions: readonly number[],
  reference: number,
  key: Key,
): TimeToReference {
  const count = curves[0]!.length;
  const sizes = curves.map((problem) => problem[0]!.length);
  const targetOf = (problem: number, drawn: Int32Array): number =>
    quartiles(Array.from(drawn, (block) => curves[problem]![reference]![block]!.at(-1)!)).median;
  // Components: the resource and the share of every strategy on every problem, then the median share over problems.
  const medians = 2 * curves.length * count;
  const { estimate } = resampled(key, sizes, medians + count, (drawn, components) => {
    curves.forEach((problem, index) => {
      const target = targetOf(index, drawn[index]!);
      const times = problem.map((ofStrategy) => timeToTarget(ofStrategy, drawn[index]!, target, positions));
      times.forEach((time, strategy) => {
        components[2 * (index * count + strategy)] = time;
        components[2 * (index * count + strategy) + 1] = time === Infinity ? time : time / times[reference]!;
      });
    });
    for (let strategy = 0; strategy < count; strategy++) {
      const shares = curves.map((_, index) => components[2 * (index * count + strategy) + 1]!).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      components[medians + strategy] = quantile(shares, 0.5);
    }
  });
  const problems = curves.map((problem, index) => {
    const all = Int32Array.from({ length: sizes[index]! }, (_, block) => block);
    const target = targetOf(index, all);
    return {
      target,
      strategies: problem.map((ofStrategy, strategy): StrategyTime => {
        const alone = ofStrategy.map((curve) => timeToTarget([curve], Int32Array.of(0), target, positions));
        return {
          resource: estimate(2 * (index * count + strategy)),
          share: estimate(2 * (index * count + strategy) + 1),
          runs: alone.filter((time) => time < Infinity).length,
          of: alone.length,
          each: quartiles(alone),
        };
      }),
    };
  });
  return {
    problems,
    overall: Array.from({ length: count }, (_, strategy) => ({
      reached: problems.filter(({ strategies }) => strategies[strategy]!.resource.value < Infinity).length,
      share: estimate(medians + strategy),
    })),
  };
}
