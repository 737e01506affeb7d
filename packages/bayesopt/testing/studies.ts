/** Studies of the optimiser on small problems, and what their tests ask of them. */

import type { Json } from "@caviar-hpo/core";
import {
  type Config,
  complete,
  compose,
  createSpace,
  type FailureReason,
  type Fidelity,
  type Job,
  type Problem,
  type Sampler,
  type Shape,
  type Space,
  type Strategy,
  type Study,
  startStudy,
  type Told,
} from "@caviar-hpo/core";
import { cos } from "@caviar-hpo/numerics";
import { type BayesoptOptions, bayesoptSampler } from "../src/index.ts";

export type Setting = {
  readonly seed?: number | string;
  readonly options?: BayesoptOptions;
  readonly constraints?: number;
  readonly fidelity?: Fidelity;
  readonly strategy?: Strategy;
};

export function spaceOf(shape: Shape | Space): Space {
  return Array.isArray((shape as Space).params) ? (shape as Space) : createSpace(shape as Shape);
}

export function problemOf(shape: Shape | Space, { constraints = 0, fidelity }: Setting = {}): Problem {
  return {
    space: spaceOf(shape),
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: Array.from({ length: constraints }, (_, index) => `constraint ${index}`),
    fidelity: fidelity ?? null,
    resumable: false,
  };
}

export function open(shape: Shape | Space, setting: Setting = {}): Study {
  const strategy = setting.strategy ?? searchWith(bayesoptSampler(setting.options));
  return startStudy({ problem: problemOf(shape, setting), seed: setting.seed ?? 1, strategy });
}

/** What makes two configurations the same. */
export function keyOfConfig(space: Space, config: Config): string {
  return JSON.stringify(space.params.map(([name]) => config[name] ?? null));
}

export function searchWith<S extends Json>(sampler: Sampler<S>): Strategy {
  return compose(complete, sampler);
}

/** What came of a job: a value, more than a value, or nothing. */
export type Said = number | Partial<Told> | FailureReason;

export function say(study: Study, job: Job, said: Said): void {
  if (typeof said === "string") study.fail(job.id, said);
  else study.tell(job.id, { values: [0], ...(typeof said === "number" ? { values: [said] } : said) });
}

/** Runs until the study has this many trials or the strategy is done, with `workers` jobs at once. The oldest job ends first. */
export function run(study: Study, trials: number, objective: (config: Config, job: Job) => Said, workers = 1): Study {
  for (;;) {
    const { running } = study.history;
    const room = Math.min(workers - running.length, trials - study.history.trials.length);
    if (room > 0 && study.ask({ want: room }).jobs.length > 0) continue;
    const job = study.history.running[0];
    if (job === undefined) return study;
    say(study, job, objective(job.config, job));
  }
}

/** The least value of all trials. */
export function leastOf(study: Study): number {
  return Math.min(...study.history.trials.flatMap(({ curve }) => curve.map(({ values }) => values[0]!)));
}

/** What the optimiser noted of a job. */
export function noteOf(job: Job): { readonly [name: string]: Json } {
  return job.note as { readonly [name: string]: Json };
}

/** On [-5, 10] x [0, 15], least 0. By our own cosine: engines differ in the last bit of theirs. */
export function branin(x: number, y: number): number {
  const bowl = y - (5.1 / (4 * Math.PI * Math.PI)) * x * x + (5 / Math.PI) * x - 6;
  return bowl * bowl + 10 * (1 - 1 / (8 * Math.PI)) * cos(x) + 10 - 0.39788735772973816;
}
