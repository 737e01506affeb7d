/**
 * Logs of earlier formats. A log does not name its format, so its owner must know it. A snapshot names it.
 *
 * | format | values of objectives, and predictions of jobs | whether a measurement is at a milestone |
 * |---|---|---|
 * | 1 | less is better: maximised ones have the opposite sign. A prediction may be -0 | `rung` |
 * | 2 | as the user measured them. No number is -0 | `atMilestone` |
 */
import type { Problem } from "../contract/problem.ts";
import type { Job, Measurement } from "../contract/trial.ts";
import type { Event } from "./events.ts";
import { withoutNegativeZeros } from "./guard.ts";
import { type Orientation, orientationOf, withMeasurements } from "./orientation.ts";

/** The format of the logs that studies write. */
export const logFormat = 2;

/** The same log in the current format. */
export function upgradeLog(format: 1 | 2, problem: Problem, events: readonly Event[]): readonly Event[] {
  if (format === logFormat) return events;
  const orientation = orientationOf(problem);
  return events.map((event) => upgradeEvent(orientation, event));
}

function upgradeEvent(orientation: Orientation, event: Event): Event {
  switch (event.kind) {
    case "asked":
      return { ...event, jobs: orientation.jobs(event.jobs.map(upgradeJob)) };
    case "told":
      return orientation.event({ ...event, measurement: upgradeMeasurement(event.measurement) });
    case "observed":
      return orientation.event(withMeasurements(event, upgradeMeasurement));
    case "failed":
    case "enqueued":
      return event;
  }
}

/** `eventDecoder` has renamed `rung` already; events that were parsed without it still have it. */
function upgradeMeasurement(measurement: Measurement & { readonly rung?: boolean }): Measurement {
  const { rung, ...rest } = measurement;
  return rung === undefined ? measurement : { ...rest, atMilestone: rung };
}

function upgradeJob(job: Job): Job {
  return job.prediction === undefined ? job : { ...job, prediction: withoutNegativeZeros(job.prediction) };
}
