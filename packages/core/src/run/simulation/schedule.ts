/** When a job reports next, or breaks. */
import { ConfigError } from "../../contract/errors.ts";
import type { Job } from "../../contract/trial.ts";
import { show } from "../../text/show.ts";
import type { Run } from "./run.ts";
import type { State } from "./state.ts";

/**
 * Puts a job's next report, or its break if that comes first, on the agenda.
 *
 * @throws ConfigError for a duration that makes no sense.
 */
export function schedule({ world, agenda }: State, run: Run): void {
  const { job, fidelity, key, factor } = run;
  const seconds = world.seconds(job.config, fidelity, job.milestones[run.next]!, key) * factor;
  checkDuration(job, seconds);
  run.reportsAt = run.reportedAt + seconds;
  agenda.push(Math.min(run.reportsAt, run.breaksAt), job.id);
}

function checkDuration(job: Job, seconds: number): void {
  if (seconds >= 0 && seconds < Infinity) return;
  throw new ConfigError({
    code: "badDuration",
    what: `duration of job ${job.id}`,
    expected: "a finite number of seconds, 0 or more",
    got: show(seconds),
    remedy: "Correct `seconds` of the world.",
  });
}
