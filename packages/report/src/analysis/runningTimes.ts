/** Expected running times of every strategy to every target of a kind, with bootstrap intervals over the seeds. */
import type { Key } from "@caviar-hpo/core";
import type { ProblemFacts } from "../results.ts";
import { type Estimate, resampled } from "../statistics/bootstrap.ts";
import { expectedRunningTime } from "../statistics/runningTime.ts";
import { firstHit } from "../statistics/trace.ts";
import type { ProblemBlocks } from "./problemBlocks.ts";
import type { Target, TargetsOf } from "./targets.ts";

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
  readonly expected: Estimate;
  readonly successes: number;
  readonly runs: number;
};

/** First hits and ends of the runs, [strategy]: Float64Array over blocks. */
export type HitTimes = { readonly times: readonly Float64Array[]; readonly ends: readonly Float64Array[] };

export function hitTimes({ traces }: ProblemBlocks, target: Target): HitTimes {
  return {
    times: traces.map((ofStrategy) => Float64Array.from(ofStrategy, (trace, block) => firstHit(trace, target.values[block]!))),
    ends: traces.map((ofStrategy) => Float64Array.from(ofStrategy, ({ end }) => end)),
  };
}

export function runningTimes(all: readonly ProblemBlocks[], targetsOf: TargetsOf, key: Key): readonly ProblemTimes[] {
  const targets = all.map(targetsOf);
  const hits = all.map((blocks, place) => targets[place]!.map((target) => hitTimes(blocks, target)));
  const sizes = all.map(({ runs }) => runs[0]!.length);
  const components = hits.flatMap((problem, place) =>
    problem.flatMap(({ times, ends }) => times.map((ofStrategy, strategy) => ({ place, times: ofStrategy, ends: ends[strategy]! }))),
  );
  const { estimate } = resampled(key, sizes, components.length, (drawn, values) => {
    for (let component = 0; component < components.length; component++) {
      const { place, times, ends } = components[component]!;
      values[component] = expectedRunningTime(times, ends, drawn[place]!);
    }
  });
  let component = 0;
  return all.map(({ card }, place) => ({
    card,
    targets: targets[place]!.map(({ name, values }, index) => ({
      name,
      value: [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!,
      strategies: hits[place]![index]!.times.map((times) => ({
        expected: estimate(component++, { problem: place }),
        successes: times.filter((time) => time < Infinity).length,
        runs: times.length,
      })),
    })),
  }));
}
