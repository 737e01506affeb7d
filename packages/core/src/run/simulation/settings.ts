/** The options of `simulate`, their defaults and their bounds. */
import { ConfigError } from "../../contract/errors.ts";
import { anything, func } from "../../read/decode.ts";
import { optionReader } from "../../read/record.ts";
import { show } from "../../text/show.ts";
import type { Incumbent } from "./state.ts";

export type SimulateOptions = {
  /** How many jobs run at once: a whole number, at least 1; 1 by default. */
  readonly workers?: number;
  /**
   * The number of trials of the whole study, as for `drive`: a whole number, at least 0; no limit by default. It limits how many trials
   * start.
   */
  readonly trials?: number;
  /** No job starts once this much resource is spent, or will be spent by the running jobs. At least 0; no limit by default. */
  readonly resource?: number;
  /**
   * The simulated time at which the simulation ends. Jobs that are still running stay in the study, and their work counts as wasted. No end
   * by default.
   */
  readonly seconds?: number;
  /** The duration of a job is multiplied by exp(sigma z) with a standard normal z. At least 0; 0 by default. */
  readonly stragglerSigma?: number;
  /**
   * The mean seconds of work until a worker is lost with its job. The time is exponentially distributed, and a new worker takes its place
   * at once. No losses by default.
   */
  readonly lossSeconds?: number;
  /** A job fails with `timeout` after this many seconds. No limit by default. */
  readonly timeoutSeconds?: number;
  /** Called with each of the incumbents at its moment, so that those before an error are known. */
  readonly onIncumbent?: (incumbent: Incumbent) => void;
};

/** The options with their defaults. */
export type Settings = Required<SimulateOptions>;

const infinity = Infinity;

const read = optionReader<SimulateOptions>("simulate", {
  workers: anything,
  trials: anything,
  resource: anything,
  seconds: anything,
  stragglerSigma: anything,
  lossSeconds: anything,
  timeoutSeconds: anything,
  onIncumbent: func,
});

/** @throws ConfigError for an unknown option, and for options that make no sense. */
export function settingsOf(given: SimulateOptions): Settings {
  const options = read(given);
  const { workers = 1, trials = infinity, resource = infinity, seconds = infinity } = options;
  const { stragglerSigma = 0, lossSeconds = infinity, timeoutSeconds = infinity, onIncumbent = () => {} } = options;
  const settings = { workers, trials, resource, seconds, stragglerSigma, lossSeconds, timeoutSeconds, onIncumbent };
  check(settings);
  return settings;
}

function check(settings: Settings): void {
  const { workers, trials, resource, seconds, stragglerSigma, lossSeconds, timeoutSeconds } = settings;
  const demand = (legal: boolean, what: keyof Settings, expected: string): void => {
    if (legal) return;
    throw new ConfigError({
      code: "badOption",
      what: `option ${what}`,
      expected,
      got: show(settings[what]),
      remedy: "Correct the option, or omit it for the default.",
    });
  };
  const isNumber = (value: unknown): boolean => typeof value === "number";
  demand(Number.isInteger(workers) && workers >= 1, "workers", "a whole number from 1");
  demand(trials === infinity || (Number.isInteger(trials) && trials >= 0), "trials", "a whole number from 0");
  demand(isNumber(resource) && resource >= 0, "resource", "a number that is not negative");
  demand(isNumber(seconds) && seconds >= 0, "seconds", "a number that is not negative");
  demand(Number.isFinite(stragglerSigma) && stragglerSigma >= 0, "stragglerSigma", "a finite number that is not negative");
  demand(isNumber(lossSeconds) && lossSeconds > 0, "lossSeconds", "a positive number");
  demand(isNumber(timeoutSeconds) && timeoutSeconds > 0, "timeoutSeconds", "a positive number");
}
