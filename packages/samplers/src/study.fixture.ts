/** Studies over one sampler, and how tests run them one trial at a time. */
import {
  type Config,
  complete,
  compose,
  type FailureReason,
  type Job,
  type Problem,
  type Sampler,
  type Space,
  type Study,
  startStudy,
} from "@caviar-hpo/core";

/** One loss to minimise, without a fidelity. */
export function problemOf(space: Space, constraints: readonly string[] = []): Problem {
  return { space, objectives: [{ name: "loss", goal: "minimize" }], constraints, fidelity: null, resumable: false };
}

export function open(space: Space, sampler: Sampler, seed: number | string = 1, constraints: readonly string[] = []): Study {
  return startStudy({ problem: problemOf(space, constraints), strategy: compose(complete, sampler), seed });
}

/** Ends a job with a loss, or with the reason of its failure. */
export function report(study: Study, job: Job, verdict: number | FailureReason): void {
  if (typeof verdict === "string") study.fail(job.id, verdict);
  else study.tell(job.id, { values: [verdict] });
}

/** Asks for one trial at a time and reports what `judge` says of it. The jobs, in order. */
export function play(study: Study, trials: number, judge: (config: Config, trial: number) => number | FailureReason): readonly Job[] {
  return Array.from({ length: trials }, () => {
    const job = study.ask().jobs[0]!;
    report(study, job, judge(job.config, job.trial));
    return job;
  });
}
