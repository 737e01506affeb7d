/**
 * Logs of earlier formats. A log has no head, so whoever stored it knows its format; a snapshot says it.
 *
 * | format | values of objectives, and predictions of jobs |
 * |---|---|
 * | 1 | less is better: maximised ones have the opposite sign. A prediction may be -0 |
 * | 2 | as the user measured them. No number is -0 |
 */
import type { Problem } from "../contract/problem.ts";
import type { Job } from "../contract/trial.ts";
import type { Event } from "./events.ts";
import { withoutNegativeZeros } from "./guard.ts";
import { orientationOf } from "./orientation.ts";

/** The format of the logs that studies write. */
export const logFormat = 2;

/** The same log in the format of today. */
export function upgradeLog(format: 1 | 2, problem: Problem, events: readonly Event[]): readonly Event[] {
  if (format === logFormat) return events;
  const orientation = orientationOf(problem);
  return events.map((event) =>
    event.kind === "asked" ? { ...event, jobs: orientation.jobs(event.jobs.map(upgradeJob)) } : orientation.event(event),
  );
}

function upgradeJob(job: Job): Job {
  return job.prediction === undefined ? job : { ...job, prediction: withoutNegativeZeros(job.prediction) };
}
