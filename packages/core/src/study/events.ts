/**
 * The log, format 2: measurements and predictions are as the user measured them (`upgradeLog.ts` says what earlier formats hold). History
 * can be read from it without strategy code; with the strategy, replay recomputes every answer and compares.
 */
import type { JobId } from "../contract/ids.ts";
import type { Directive, Then } from "../contract/strategy.ts";
import type { FailureReason, Job, Measurement } from "../contract/trial.ts";
import type { Config } from "../space/param.ts";

export type Event =
  | {
      readonly kind: "asked";
      readonly want: number;
      /** How many of the jobs might be new trials, where that was less than `want`. */
      readonly starts?: number;
      /** That what there is was to be finished. */
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
  /** The next start uses it: shared initial designs, user guesses. */
  | { readonly kind: "enqueued"; readonly config: Config; readonly atMs: number }
  /** A result from elsewhere: warm start. */
  | {
      readonly kind: "observed";
      readonly config: Config;
      readonly measurement: Measurement;
      readonly directives: readonly Directive[];
      readonly atMs: number;
    };
