/** Objectives: what they get, and how the study evaluates a job by one. */
import { type Evaluate, isPromise, type Job, type OnNotice, type Problem, type Signal, type TrialId } from "@caviar-hpo/core";
import { settleFidelity } from "@caviar-hpo/core/contract";
import type { Keeper } from "./checkpoints.ts";
import { checkpointDropped, checkpointMissing } from "./notices.ts";
import { type Result, toldBy } from "./result.ts";

/** The argument of an objective. */
export type Assignment<C, M = unknown> = {
  readonly config: C;
  readonly trial: TrialId;
  /** The fidelity to train up to. 1 if the problem has no fidelity. */
  readonly until: number;
  /** Ascending fidelities at which a measurement may decide whether training continues. The last one is `until`. */
  readonly milestones: readonly number[];
  /** Which repetition of the job this is, from 0. Absent without the option `repetitions`. */
  readonly repetition?: number;
  /** The trial and the fidelity from which the job continues; null if it starts from scratch. */
  readonly from: Job["from"];
  readonly signal: Signal;
  /** The checkpoint that was saved at `from`. null means to train from scratch: the trial is new, or its checkpoint is gone. */
  load(): M | null;
  /**
   * Saves a checkpoint of a fidelity, `until` by default. Save before you measure, because a measurement may end the work. The study keeps
   * the object itself. Do not change it afterwards, because several trials may continue from it. Has no effect if the problem is not
   * resumable.
   */
  save(checkpoint: M, fidelity?: number): void;
  /** Reports a measurement at a fidelity below `until`. It returns false if the trial has been stopped, and then the work can end. */
  measure(result: Result, fidelity: number): boolean;
};

/**
 * Evaluates an assignment. It returns the result at `until`, or `{ infeasible: true }` for a configuration that cannot be measured. If it
 * throws, only this trial fails.
 */
export type ObjectiveFunction<C, M = unknown> = (
  assignment: Assignment<C, M>,
) => Result | { readonly infeasible: true } | Promise<Result | { readonly infeasible: true }>;

/** The evaluation of jobs by an objective. */
export function evaluationBy<C, M>(objective: ObjectiveFunction<C, M>, problem: Problem, keeper: Keeper<M>, onNotice: OnNotice): Evaluate {
  return (job, { signal, measure }) => {
    /** Up to here the training is repeated, as its checkpoint is gone. */
    let repeated = 0;
    const result = objective({
      config: job.config as C,
      trial: job.trial,
      until: job.until,
      milestones: job.milestones,
      from: job.from,
      signal,
      load: () => {
        const checkpoint = keeper.load(job.from);
        repeated = checkpoint === null ? (job.from?.fidelity ?? 0) : 0;
        if (checkpoint === null && job.from !== null) onNotice(checkpointMissing(job.from));
        return checkpoint;
      },
      save: (checkpoint, fidelity = job.until) => {
        if (!problem.resumable) onNotice(checkpointDropped);
        else if (!signal.aborted) keeper.save(job.trial, settleFidelity(problem, fidelity, job.milestones), checkpoint);
      },
      measure: (partial, fidelity) =>
        settleFidelity(problem, fidelity, [repeated]) <= repeated ? !signal.aborted : measure({ ...toldBy(partial), fidelity }),
    });
    return isPromise(result) ? Promise.resolve(result).then(toldBy) : toldBy(result);
  };
}
