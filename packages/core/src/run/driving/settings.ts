/** The options of `drive`, their defaults and their bounds. */
import { ConfigError } from "../../contract/errors.ts";
import { type OnNotice, onceEach } from "../../contract/notice.ts";
import type { Job } from "../../contract/trial.ts";
import { anything } from "../../read/decode.ts";
import { optionReader } from "../../read/record.ts";
import type { Heard } from "../../study/report.ts";
import { show } from "../../text/show.ts";
import { type Clock, stillClock } from "../clock.ts";
import type { Signal } from "../signal.ts";

export type DriveOptions = {
  /** How many jobs run at once: a whole number, at least 1; 1 by default. */
  readonly workers?: number;
  /**
   * How many trials the study starts in all: a whole number, at least 0; no limit by default. Those of earlier loops count, and so do failed
   * ones; observed ones do not. Trials that have started still train further if the strategy promotes them. A later loop with a larger budget
   * continues as if the budget had been that large from the start.
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
  /** The clock that measures `timeoutSeconds`; a time limit needs one. By default a clock that stands still. */
  readonly clock?: Clock;
  /** Ends the loop early. Its running jobs are aborted and fail as lost. None by default. */
  readonly signal?: Signal;
  /** Called after each report took effect. `thrown` is what the evaluation threw, if it threw. */
  readonly onReport?: (job: Job, heard: Heard, thrown: unknown) => void;
  /** Called once for each notice, for instance that a synchronous evaluation cannot time out. */
  readonly onNotice?: OnNotice;
};

/** The options with their defaults. */
export type Settings = Required<Omit<DriveOptions, "timeoutSeconds" | "signal">> & Pick<DriveOptions, "timeoutSeconds" | "signal">;

const read = optionReader<DriveOptions>("drive", {
  workers: anything,
  trials: anything,
  finish: anything,
  timeoutSeconds: anything,
  clock: anything,
  signal: anything,
  onReport: anything,
  onNotice: anything,
});

/** @throws ConfigError for an unknown option, and for workers, trials or a time limit that make no sense. */
export function settingsOf(given: DriveOptions): Settings {
  const options = read(given);
  check(options);
  const { workers = 1, trials = Infinity, finish = false, clock = stillClock, onReport = () => {} } = options;
  const { timeoutSeconds, signal } = options;
  return {
    workers,
    trials,
    finish,
    clock,
    onReport,
    onNotice: onceEach(options.onNotice ?? (() => {})),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function check({ workers = 1, trials, timeoutSeconds, clock }: DriveOptions): void {
  const refuse = (what: string, expected: string, got: unknown, remedy: string): never => {
    throw new ConfigError({ code: "badOption", what: `option ${what}`, expected, got: show(got), remedy });
  };
  if (!(Number.isInteger(workers) && workers >= 1))
    refuse("workers", "a whole number from 1", workers, "Pass 1 for one evaluation at a time.");
  if (trials !== undefined && !(trials >= 0 && (Number.isInteger(trials) || trials === Infinity)))
    refuse("trials", "a whole number that is not negative", trials, "Leave it out for no limit.");
  if (timeoutSeconds === undefined) return;
  if (!(timeoutSeconds > 0 && timeoutSeconds < Infinity))
    refuse("timeoutSeconds", "a positive number", timeoutSeconds, "Leave it out for no limit.");
  if (clock === undefined) refuse("clock", "a clock together with timeoutSeconds", clock, "Pass a clock, because a time limit needs one.");
}
