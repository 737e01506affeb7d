/** The jobs that run, by id, and as a list for those who look at it. */
import type { JobId } from "../contract/ids.ts";
import type { Job } from "../contract/trial.ts";

export type RunningJobs = {
  readonly byId: ReadonlyMap<JobId, Job>;
  /** A job with a higher id than any before it. */
  add(job: Job): void;
  remove(job: JobId): void;
  /** In the order in which they began; changes in place with each job. */
  list(): readonly Job[];
};

export function runningJobs(): RunningJobs {
  const byId = new Map<JobId, Job>();
  /** Built at its first use, so that it costs nothing if it is never used. */
  let listed: Job[] | null = null;
  return {
    byId,
    add(job) {
      byId.set(job.id, job);
      listed?.push(job);
    },
    remove(job) {
      byId.delete(job);
      if (listed !== null) listed.splice(placeOf(listed, job), 1);
    },
    list() {
      listed ??= [...byId.values()];
      return listed;
    },
  };
}

/** Ids ascend in the order in which jobs begin. */
function placeOf(jobs: readonly Job[], id: JobId): number {
  let low = 0;
  let high = jobs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (jobs[middle]!.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
