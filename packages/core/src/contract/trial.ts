/** Trials, the jobs that advance them, and what comes back. */

import type { Config } from "../space/param.ts";
import type { JobId, TrialId } from "./ids.ts";
import type { Json } from "./json.ts";

export type FailureReason = "threw" | "timeout" | "lost" | "nonfinite" | "infeasible";

/**
 * Why a trial failed. `error` is what its evaluation threw, as one line of at most `limits.errorLength` UTF-16 units; it is absent if nothing
 * was thrown.
 */
export type TrialFailure = { readonly reason: FailureReason; readonly error?: string };

/**
 * `values`: one per objective, finite. They are the user's in a study, its log and its reports; in what strategies are given, less is
 * better. `constraints`: feasible when <= 0. Single-objective code reads `values[0]`.
 */
export type Measurement = {
  readonly fidelity: number;
  readonly values: readonly number[];
  readonly constraints: readonly number[];
  /** Noise variance of each value, where the objective knows it. */
  readonly variance?: readonly number[];
  readonly costSeconds: number;
  /** Whether `fidelity` was one of the job's milestones. */
  readonly atMilestone: boolean;
};

/** Why the strategy chose this point. A prediction has one mean and one standard deviation per objective, oriented as measurements are. */
export type Remark = { readonly prediction?: { readonly mean: readonly number[]; readonly sd: readonly number[] }; readonly note?: Json };

/** One stretch of work on one trial: train `config` from the checkpoint `from` up to `until`. */
export type Job = Remark & {
  readonly id: JobId;
  readonly trial: TrialId;
  readonly config: Config;
  /** The checkpoint from which the job continues; null if it starts from scratch. */
  readonly from: { readonly trial: TrialId; readonly fidelity: number } | null;
  readonly until: number;
  /** Ascending fidelities in (start, until] at which a measurement decides something; the last one is `until`. */
  readonly milestones: readonly number[];
};

export type TrialStatus = "running" | "paused" | "finished" | "failed" | "stopped" | "discarded";
export type Trial = {
  readonly id: TrialId;
  readonly config: Config;
  readonly parent: TrialId | null;
  readonly status: TrialStatus;
  readonly curve: readonly Measurement[];
  /** Present if and only if the status is `failed`. */
  readonly failure?: TrialFailure;
};

/** What a strategy is told: `measured` while the job runs, `finished` when it reached `until`, `failed` when it will not. */
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

/** An append-only view owned by one study; a handle from before a later event throws StateError. Hang caches on it with `historyCache`. */
export type History = { readonly trials: readonly Trial[]; readonly running: readonly Job[]; readonly version: number };
