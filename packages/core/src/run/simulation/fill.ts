/** Free workers are filled: with interrupted jobs first, then with what the study asks for. */
import { limits } from "../../contract/limits.ts";
import type { Job } from "../../contract/trial.ts";
import type { Asked } from "../../study/ask.ts";
import { heed } from "./report.ts";
import { createRun } from "./run.ts";
import { schedule } from "./schedule.ts";
import { isSpent, reportedFidelity, type State } from "./state.ts";

/** @throws ConfigError for a duration that makes no sense. */
export function fill(state: State): void {
  const { study, settings, active, interrupted } = state;
  while (active.size < settings.workers) {
    if (state.now >= settings.seconds) return;
    const again = interrupted.shift();
    if (again !== undefined) {
      if (study.history.running.includes(again)) begin(state, again, nextMilestone(again, reportedFidelity(study, again)));
      continue;
    }
    if (study.done || isSpent(state)) return;
    const asked = ask(state);
    heed(state, asked.directives);
    for (const job of asked.jobs) begin(state, job, 0);
    if (asked.jobs.length === 0) return;
  }
}

/** With a bound on the resource one job is asked for at a time, since each may be the last that the bound allows. */
function ask({ study, settings, active, now }: State): Asked {
  const { workers, trials, resource } = settings;
  const want = resource === Infinity ? Math.min(workers - active.size, limits.want) : 1;
  return study.ask({ want, atMs: now * 1000, trials });
}

/** The index of the first milestone above what the trial has reported. */
function nextMilestone({ milestones, until }: Job, reported: number): number {
  return milestones.findIndex((milestone) => milestone > reported || milestone === until);
}

function begin(state: State, job: Job, next: number): void {
  const { now, keys, settings } = state;
  const run = createRun({ job, next, now, keys, settings });
  state.jobs++;
  state.promised += job.until - run.fidelity;
  state.active.set(job.id, run);
  schedule(state, run);
}
