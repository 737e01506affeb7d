/**
 * The log, format 2. Measurements and predictions are as the user measured them (`upgradeLog.ts` says what earlier formats hold). The
 * history can be read from the log without the code of the strategy. With the strategy, replay computes every answer again and compares it
 * with the log.
 */
import type { JobId } from "../contract/ids.ts";
import type { Directive, Then } from "../contract/strategy.ts";
import type { FailureReason, Job, Measurement, TrialFailure } from "../contract/trial.ts";
import type { Config } from "../space/param.ts";

/** One thing that happened to a study. */
export type Event =
  | {
      readonly kind: "asked";
      readonly want: number;
      /** How many of the jobs could be new trials, if fewer than `want`. */
      readonly starts?: number;
      /** The budget of trials, if the strategy plans by it. */
      readonly trials?: number;
      /** true: no new trial was allowed, and the existing ones were to be finished. */
      readonly finish?: true;
      readonly jobs: readonly Job[];
      readonly directives: readonly Directive[];
      readonly then: Then;
      readonly atMs: number;
    }
  | {
      readonly kind: "told";
      readonly job: JobId;
      readonly measurement: Measurement;
      readonly last: boolean;
      readonly directives: readonly Directive[];
      readonly atMs: number;
    }
  | {
      readonly kind: "failed";
      readonly job: JobId;
      readonly reason: FailureReason;
      readonly fidelity: number;
      readonly costSeconds: number;
      /** What was thrown, if anything was. */
      readonly error?: string;
      readonly directives: readonly Directive[];
      readonly atMs: number;
    }
  /** The next start has these values: a shared initial design, or a guess of the user. The strategy chooses those that are left out. */
  | { readonly kind: "enqueued"; readonly config: Config; readonly atMs: number }
  /** A trial from outside this study: a warm start. It has finished, unless there is a `failure` or a `job`. */
  | {
      readonly kind: "observed";
      readonly config: Config;
      /** What it measured, if it finished with one measurement. Absent if there is a `curve`. */
      readonly measurement?: Measurement;
      /** What it measured, at ascending fidelities. Empty if it failed or runs, and has measured nothing. */
      readonly curve?: readonly Measurement[];
      /** Why it failed. */
      readonly failure?: TrialFailure;
      /** It still runs, as this job, up to the fidelity `until`. */
      readonly job?: JobId;
      readonly until?: number;
      readonly directives: readonly Directive[];
      readonly atMs: number;
    };
