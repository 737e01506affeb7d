/** Expected running times of every strategy to every target of a kind. */
import type { ProblemFacts } from "../results.ts";
import { expectedRunningTime } from "../statistics/runningTime.ts";
import { firstHit } from "../statistics/trace.ts";
import type { ProblemBlocks } from "./problemBlocks.ts";
import type { RuntimeTarget, TargetsOf } from "./targets.ts";

export type ProblemTimes = { readonly card: ProblemFacts; readonly targets: readonly TargetTimes[] };

export type TargetTimes = {
  /** The name of the target among those of its kind. */
  readonly name: number;
  /** The median over seeds of the value to reach. */
  readonly value: number;
  /** One per strategy. */
  readonly strategies: readonly RunningTime[];
};

export type RunningTime = {
  /** In counted evaluations or full trainings; Infinity if no run reaches the target. */
  readonly expected: number;
  readonly successes: number;
  readonly runs: number;
};

/** First hits and ends of the runs, [strategy]: Float64Array over blocks. */
export type HitTimes = { readonly times: readonly Float64Array[]; readonly ends: readonly Float64Array[] };

export function hitTimes({ traces }: ProblemBlocks, target: RuntimeTarget): HitTimes {
  return {
    times: traces.map((ofStrategy) => Float64Array.from(ofStrategy, (trace, block) => firstHit(trace, target.values[block]!))),
    ends: traces.map((ofStrategy) => Float64Array.from(ofStrategy, ({ end }) => end)),
  };
}

export function runningTimes(all: readonly ProblemBlocks[], targetsOf: TargetsOf): readonly ProblemTimes[] {
  return all.map((blocks) => ({
    card: blocks.card,
    targets: targetsOf(blocks).map((target) => {
      const { times, ends } = hitTimes(blocks, target);
      return {
        name: target.name,
        value: [...target.values].sort((a, b) => a - b)[(target.values.length - 1) >> 1]!,
        strategies: times.map((ofStrategy, strategy) => ({
          expected: expectedRunningTime(ofStrategy, ends[strategy]!),
          successes: ofStrategy.filter((time) => time < Infinity).length,
          runs: ofStrategy.length,
        })),
      };
    }),
  }));
}
