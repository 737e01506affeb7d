/** The study of `createStudy` by name. It has methods that a small bundle leaves out. */
import type { FailureReason, JobId, Trial } from "@caviar-hpo/core";
import type { OptimizeOptions } from "./optimize.ts";
import type { Study } from "./study.ts";

/** A study whose configurations have the type C, and whose checkpoints have the type M. */
export type FullStudy<C, M = unknown> = Study<C, M, OptimizeOptions<C>> & {
  /** All trials so far, in the order in which they began. Later events do not change the list. */
  trials(): readonly Trial[];
  /** Reports that a job has failed. `error` says what was thrown. */
  fail(job: JobId, reason: FailureReason, error?: string): void;
};

export function fullStudy<C, M>(study: Study<C, M, OptimizeOptions<C>>): FullStudy<C, M> {
  const { core } = study;
  return {
    ...study,
    trials: () => core.history.trials.map((trial) => ({ ...trial, curve: [...trial.curve] })),
    fail: (job, reason, error) => {
      core.fail(job, reason, error === undefined ? {} : { error });
    },
  };
}
