/** Studies for tests: one parameter whose value is what training comes to, and a log of what was done. */
import {
  type Config,
  createSpace,
  type Event,
  type FailureReason,
  type Job,
  type Problem,
  real,
  type Space,
  type Strategy,
  type Study,
  startStudy,
} from "@caviar-hpo/core";
import type { Directive } from "@caviar-hpo/core/contract";
import { runCampaign } from "@caviar-hpo/core/testing";

export const space: Space = createSpace({ quality: real(0, 1), decay: real(1e-4, 1, { scale: "log" }) });

export function problemTo(max: number, rest: Partial<Problem> & { readonly min?: number; readonly whole?: boolean } = {}): Problem {
  const { min = 1, whole = true, ...others } = rest;
  return {
    space,
    objectives: [{ name: "loss", goal: "minimize" }],
    constraints: [],
    fidelity: { unit: "epoch", min, max, whole },
    resumable: true,
    ...others,
  };
}

export function quality(config: Config): number {
  return config.quality as number;
}

/** Curves that never cross: what is best is best from the start. */
export function separable(config: Config, fidelity: number): number {
  return quality(config) + 1 / fidelity;
}

export type Run = {
  readonly study: Study;
  readonly jobs: readonly Job[];
  readonly directives: readonly Directive[];
  readonly end: "done" | "trials";
};
export type RunOptions = {
  readonly seed?: number;
  readonly workers?: number;
  readonly trials?: number;
  readonly pick?: (turn: number, count: number) => number;
  readonly judge?: (job: Job, fidelity: number) => number | FailureReason;
  readonly onEvent?: (event: Event, study: Study) => void;
};

export function runToEnd(problem: Problem, strategy: Strategy, options: RunOptions = {}): Run {
  const { seed = 1, workers = 1, trials = 100_000, pick = () => 0, judge, onEvent } = options;
  const jobs: Job[] = [];
  const directives: Directive[] = [];
  const study: Study = startStudy({ problem, strategy, seed }, (event) => {
    if (event.kind === "asked") jobs.push(...event.jobs);
    if (event.kind !== "enqueued") directives.push(...event.directives);
    onEvent?.(event, study);
  });
  const end = runCampaign(study, { workers, trials, pick, judge: judge ?? ((job, fidelity) => separable(job.config, fidelity)) });
  return { study, jobs, directives, end };
}

/** How many jobs end at each fidelity, by fidelity. */
export function jobsTo(jobs: readonly Job[]): { readonly [fidelity: number]: number } {
  const counts: { [fidelity: number]: number } = {};
  for (const { until } of jobs) counts[until] = (counts[until] ?? 0) + 1;
  return counts;
}

export function* permutations(items: readonly number[]): Generator<readonly number[]> {
  if (items.length <= 1) yield items;
  for (const item of items.length <= 1 ? [] : items) {
    for (const rest of permutations(items.filter((other) => other !== item))) yield [item, ...rest];
  }
}
