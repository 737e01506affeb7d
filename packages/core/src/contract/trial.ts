/** Trials, the jobs that advance them, and the reports of jobs. */

import type { Config } from "../space/param.ts";
import type { JobId, TrialId } from "./ids.ts";
import type { Json } from "./json.ts";

/** Why a job failed. */
export type FailureReason = "threw" | "timeout" | "lost" | "nonfinite" | "infeasible";

/**
 * Why a trial failed. `error` is what its evaluation threw, as one line of at most `limits.errorLength` UTF-16 units. It is absent if
 * nothing was thrown.
 */
export type TrialFailure = { readonly reason: FailureReason; readonly error?: string };

/**
 * What a job measured. `values` has one finite number per objective. In a study, its log and its reports, they are the user's; in what
 * strategies get, less is better. `constraints` are feasible if <= 0. Code for a single objective reads `values[0]`.
 */
export type Measurement = {
  readonly fidelity: number;
  readonly values: readonly number[];
  readonly constraints: readonly number[];
  /** The noise variance of each value, if the objective knows it. */
  readonly variance?: readonly number[];
  readonly costSeconds: number;
  /** Whether `fidelity` was one of the job's milestones. */
  readonly atMilestone: boolean;
};

/**
 * Why the strategy chose this point. A prediction has one mean and one standard deviation per objective, with the same sign as
 * measurements.
 */
export type Remark = { readonly prediction?: { readonly mean: readonly number[]; readonly sd: readonly number[] }; readonly note?: Json };

/** One piece of work on one trial: train `config` from the checkpoint `from` up to `until`. */
export type Job = Remark & {
  readonly id: JobId;
  readonly trial: TrialId;
  readonly config: Config;
  /** The checkpoint from which the job continues; null if it starts from scratch. */
  readonly from: { readonly trial: TrialId; readonly fidelity: number } | null;
  readonly until: number;
  /** Ascending fidelities in (start, until] at which a measurement decides something; the last one is `until`. */
  readonly milestones: readonly number[];
  /** true: the trial was observed. It runs outside the study, which only waits for its reports. */
  readonly observed?: true;
};

/** The status of a trial. */
export type TrialStatus = "running" | "paused" | "finished" | "failed" | "stopped" | "discarded";
/** A configuration and what was measured of it. */
export type Trial = {
  readonly id: TrialId;
  readonly config: Config;
  readonly parent: TrialId | null;
  readonly status: TrialStatus;
  readonly curve: readonly Measurement[];
  /** Present if and only if the status is `failed`. */
  readonly failure?: TrialFailure;
};

/** What a strategy is told: `measured` while the job runs, `finished` when it has reached `until`, `failed` if it will not reach it. */
export type Report =
  | { readonly kind: "measured" | "finished"; readonly job: JobId; readonly trial: TrialId; readonly measurement: Measurement }
  | {
      readonly kind: "failed";
      readonly job: JobId;
      readonly trial: TrialId;
      readonly reason: FailureReason;
      readonly fidelity: number;
      readonly costSeconds: number;
    };

/**
 * An append-only view that one study owns. After a later event, an earlier view throws StateError. Use `historyCache` to store derived data
 * with it. `running` changes in place: a loop that tells results takes a copy first, `[...history.running]`.
 */
export type History = { readonly trials: readonly Trial[]; readonly running: readonly Job[]; readonly version: number };
