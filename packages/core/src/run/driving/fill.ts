/** Free workers are filled: with interrupted jobs first, then with what the study asks for. */
import type { Asked } from "../../study/ask.ts";
import { begin } from "./begin.ts";
import { heed, isRunning, type Loop } from "./loop.ts";

/** Begins jobs until every worker is busy, none is left, or there were enough; then, with no job at work, the loop finishes. */
export function fill(loop: Loop): void {
  const { study, active, interrupted, settings } = loop;
  if (loop.phase !== "open") return;
  const enough = settings.enough?.();
  while (active.size < settings.workers && !enough) {
    const again = interrupted.shift();
    if (again !== undefined) {
      if (isRunning(loop, again)) begin(loop, again, study.history.trials[again.trial]!.curve.at(-1)?.fidelity ?? nothing);
      continue;
    }
    if (study.done) break;
    const jobs = ask(loop);
    if (jobs === null) break;
    for (const job of jobs) begin(loop, job, nothing);
  }
  if (active.size === 0) loop.finish(enough ? "finished" : study.done ? "done" : "trials");
}

const nothing = -Infinity;

/** The jobs to begin. null if no job can begin before the next report, or if no job is left. */
function ask(loop: Loop): Asked["jobs"] | null {
  const { study, active, settings } = loop;
  const { workers, trials, clock } = settings;
  const starts = Math.max(0, trials - study.started);
  loop.finishing &&= starts === 0;
  // An earlier loop may have ended after this very ask. Asking again would add an event that an undisturbed loop does not have.
  const known = starts === 0 && active.size === 0 && study.idle && study.finishing === loop.finishing;
  const { jobs, directives } = known
    ? { jobs: [], directives: [] }
    : study.ask({ want: workers - active.size, atMs: clock.nowMs(), trials, finish: loop.finishing });
  heed(loop, directives);
  if (jobs.length > 0) return jobs;
  // Without a job at work and a trial that may start, a strategy that waits for more trials would never stop waiting.
  if (!settings.finish || loop.finishing || active.size > 0 || starts > 0 || study.done) return null;
  loop.finishing = true;
  return jobs;
}
