/** The options of `drive`, their defaults and their bounds. */
import { type OnNotice, onceEach } from "../../contract/notice.ts";
import type { Job } from "../../contract/trial.ts";
import { anything, boolean, func, reject, withMethods } from "../../read/decode.ts";
import { configRoot } from "../../read/path.ts";
import { optionReader } from "../../read/record.ts";
import type { Heard } from "../../study/report.ts";
import { type Clock, stillClock } from "../clock.ts";
import type { Signal } from "../signal.ts";

export type DriveOptions = {
  /** How many jobs run at once: a whole number, at least 1; 1 by default. */
  readonly workers?: number;
  /**
   * How many trials the study starts in all: a whole number, at least 0; no limit by default. Trials of earlier loops count, and so do
   * failed ones. Observed ones do not. Trials that have started still train further if the strategy promotes them. A later loop with a
   * larger budget continues as if the budget had been that large from the start.
   */
  readonly trials?: number;
  /**
   * Whether to finish when the trials are spent: a rung that is half full then promotes the best of its trials. false by default: then such
   * a rung waits for a larger budget.
   */
  readonly finish?: boolean;
  /**
   * A job fails with `timeout` after this many seconds of `clock`. Above 0; no limit by default. The worker of the job then counts as free,
   * so the evaluation should react to its signal.
   */
  readonly timeoutSeconds?: number;
  /**
   * After so many failures in a row the loop ends as `failing`, if no trial of the study has measured anything yet. A configuration that is
   * called infeasible is no failure here. At least 1; null, the default, never ends the loop.
   */
  readonly maxConsecutiveFailures?: number | null;
  /** The clock that measures `timeoutSeconds`; a time limit needs one. By default a clock that stands still. */
  readonly clock?: Clock;
  /** Ends the loop early. Its running jobs are aborted and fail as lost. None by default. */
  readonly signal?: Signal;
  /**
   * Asked before the loop takes a job. Once it returns true, the loop takes no more: the running jobs end, and the loop ends as `finished`.
   * By default it never does.
   */
  readonly enough?: () => boolean;
  /** Called when the evaluation of a job starts. */
  readonly onStart?: (job: Job) => void;
  /** Called after each report took effect. `thrown` is what the evaluation threw, if it threw. */
  readonly onReport?: (job: Job, heard: Heard, thrown: unknown) => void;
  /** Called once for each notice, for instance that a synchronous evaluation cannot time out. */
  readonly onNotice?: OnNotice;
};

/** The options with their defaults. */
export type Settings = DriveOptions &
  Required<Pick<DriveOptions, "workers" | "trials" | "finish" | "clock" | "onNotice">> & {
    /** Infinity for no limit. */
    readonly maxConsecutiveFailures: number;
  };

const read = optionReader<DriveOptions>("drive", {
  workers: anything,
  trials: anything,
  finish: boolean,
  timeoutSeconds: anything,
  maxConsecutiveFailures: anything,
  clock: withMethods<Clock>("nowMs", "after"),
  signal: withMethods<Signal>("addEventListener", "removeEventListener"),
  enough: func,
  onStart: func,
  onReport: func,
  onNotice: func,
});

/** @throws ConfigError for an unknown option, and for workers, trials or a time limit that make no sense. */
export function settingsOf(given: DriveOptions): Settings {
  const options = read(given);
  check(options);
  return {
    workers: 1,
    trials: Infinity,
    finish: false,
    clock: stillClock,
    ...options,
    maxConsecutiveFailures: options.maxConsecutiveFailures ?? Infinity,
    onNotice: onceEach(options.onNotice),
  };
}

function check({ workers = 1, trials = 0, timeoutSeconds, maxConsecutiveFailures = null, clock }: DriveOptions): void {
  const demand = (legal: boolean, what: string, expected: string, got: unknown, remedy: string): void => {
    if (!legal) reject(configRoot(`option ${what}`, "badOption"), expected, got, remedy);
  };
  const omit = "Omit it for no limit.";
  demand(isWhole(workers, 1), "workers", "a whole number from 1", workers, "Pass 1 or more.");
  demand(trials === Infinity || isWhole(trials, 0), "trials", "a whole number from 0", trials, omit);
  const failures = maxConsecutiveFailures;
  demand(
    failures === null || isWhole(failures, 1),
    "maxConsecutiveFailures",
    "a whole number from 1, or null",
    failures,
    "Pass null for no limit.",
  );
  if (timeoutSeconds === undefined) return;
  const positive = Number.isFinite(timeoutSeconds) && timeoutSeconds > 0;
  demand(positive, "timeoutSeconds", "a positive number", timeoutSeconds, omit);
  demand(clock !== undefined, "clock", "a clock with timeoutSeconds", clock, "Pass a clock.");
}

function isWhole(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}
