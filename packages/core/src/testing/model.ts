/**
 * The model of a study for event soups: which jobs there are and how each first ended, which trials wait, what is queued. No algorithm, no
 * code shared with the study it judges. `createModel` gives a witness for `play` that throws at the first of these twelve to break:
 *
 * 1. ids count up from 0 without a gap. 2. At most `want` jobs, at most `starts` of them new trials, and none after done. 3. Configurations
 * lie in the space. 4. `until` and milestones are legal. 5. A start takes the oldest queued configuration. 6. Only trials that wait are
 * resumed. 7. Clones start from a measured checkpoint that was not given up. 8. A job's first ending counts, equal repeats and later words
 * do not. 9. Reports of unknown jobs or stray fidelities change nothing. 10. What runs is what was handed out and has not ended. 11. Curves
 * ascend, finite, each fidelity once. 12. Something runs, or was handed out, or the strategy is done, or no more trials could start.
 */
import type { JobId, TrialId } from "../contract/ids.ts";
import type { Directive } from "../contract/strategy.ts";
import type { Job, TrialStatus } from "../contract/trial.ts";
import type { Config } from "../space/param.ts";
import type { Study } from "../study/study.ts";
import { inSpace, legalUntil } from "./legal.ts";
import type { Action, Outcome, Witness } from "./play.ts";
import { violate } from "./violate.ts";

type Ending = { readonly fidelity: number; readonly values: readonly number[] } | string;

export function createModel(): Witness {
  const endings = new Map<JobId, Ending | null>();
  const jobs: Job[] = [];
  const statuses: TrialStatus[] = [];
  const reached: number[] = [];
  const progress: number[] = [];
  const given = new Set<TrialId>();
  let queue: readonly Config[] = [];
  let done = false;
  let logged = 0;

  const end = (job: JobId, ending: Ending, status: TrialStatus): void => {
    endings.set(job, ending);
    statuses[jobs[job]!.trial] = status;
  };
  const direct = (directives: readonly Directive[]): void => {
    for (const directive of directives) {
      if (directive.kind !== "discard") end(directive.job, directive.kind, directive.kind === "stop" ? "stopped" : "paused");
      else if (given.add(directive.trial) && statuses[directive.trial] !== "failed") statuses[directive.trial] = "discarded";
    }
  };

  const hand = (study: Study, job: Job): void => {
    if (job.id !== jobs.length) violate(`job ${jobs.length} next`, `job ${job.id}`);
    const known = job.trial < statuses.length;
    if (!known && job.trial !== statuses.length) violate(`trial ${statuses.length} next`, `trial ${job.trial}`);
    if (!inSpace(study.problem.space, job.config)) violate("a configuration in the space", JSON.stringify(job.config));
    const start = known ? reached[job.trial]! : (job.from?.fidelity ?? 0);
    if (!legalUntil(study.problem, start, job)) violate(`until and milestones above ${start} that the problem allows`, JSON.stringify(job));
    if (known && statuses[job.trial] !== "paused") violate("a paused trial to resume", `trial ${job.trial}, ${statuses[job.trial]}`);
    const { from } = job;
    if (!known && from !== null) {
      const measured = study.history.trials[from.trial]?.curve.some((measurement) => measurement.fidelity === from.fidelity);
      if (!measured || given.has(from.trial)) violate("a clone of a checkpoint that is there", JSON.stringify(from));
    }
    if (!known && from === null && queue.length > 0) {
      if (JSON.stringify(job.config) !== JSON.stringify(queue[0])) violate("the queued configuration first", JSON.stringify(job.config));
      queue = queue.slice(1);
    }
    if (!known) reached.push(start);
    statuses[job.trial] = "running";
    endings.set(job.id, null);
    progress.push(from?.fidelity ?? 0);
    jobs.push(job);
  };

  const hear = (study: Study, action: Action & { readonly kind: "tell" | "fail" }): Outcome => {
    if (!endings.has(action.job)) return { kind: "refused" };
    const first = endings.get(action.job)!;
    const told = action.kind === "tell" ? [...action.told.values, ...(action.told.constraints ?? [])].map((value) => value + 0) : [];
    const ending: Ending =
      action.kind === "fail" ? action.reason : told.every(Number.isFinite) ? { fidelity: action.told.fidelity, values: told } : "nonfinite";
    if (first !== null) return { kind: "heard", effect: JSON.stringify(first) === JSON.stringify(ending) ? "repeated" : "late" };
    const { trial, until } = jobs[action.job]!;
    if (action.kind === "tell" && (action.told.fidelity <= progress[action.job]! || action.told.fidelity > until))
      return { kind: "refused" };
    if (typeof ending === "string") {
      end(action.job, ending, "failed");
      return { kind: "heard", effect: "failed" };
    }
    progress[action.job] = ending.fidelity;
    reached[trial] = Math.max(reached[trial]!, ending.fidelity);
    if (ending.fidelity === until) end(action.job, ending, until === (study.problem.fidelity?.max ?? 1) ? "finished" : "paused");
    return { kind: "heard", effect: "accepted" };
  };

  return (action, outcome, study, events) => {
    const fresh = events.slice(logged);
    logged = events.length;
    if (outcome.kind === "refused" && fresh.length > 0) violate("no event from a refused report", `${fresh.length}`);
    if (action.kind === "ask" && outcome.kind === "asked") {
      if (outcome.asked.jobs.length > action.want) violate(`at most ${action.want} jobs`, `${outcome.asked.jobs.length}`);
      const fresh = new Set(outcome.asked.jobs.map((job) => job.trial).filter((trial) => trial >= statuses.length));
      if (fresh.size > action.starts) violate(`at most ${action.starts} new trials`, `${fresh.size}`);
      if (done && outcome.asked.jobs.length > 0) violate("no job after done", `${outcome.asked.jobs.length}`);
      for (const job of outcome.asked.jobs) hand(study, job);
      direct(outcome.asked.directives);
      done ||= outcome.asked.then === "done";
      if (action.want > 0 && action.starts >= action.want && !done && study.history.running.length === 0)
        violate("a job, or done, while none runs", outcome.asked.then);
    }
    if (action.kind === "tell" || action.kind === "fail") {
      const expected = hear(study, action);
      if (JSON.stringify(expected) !== JSON.stringify(outcome)) violate(JSON.stringify(expected), JSON.stringify(outcome));
      for (const event of fresh)
        if ("directives" in event && expected.kind === "heard" && expected.effect !== "late") direct(event.directives);
    }
    if (action.kind === "enqueue") queue = [...queue, action.config];
    if (action.kind === "observe") {
      statuses.push("finished");
      reached.push(study.problem.fidelity?.max ?? 1);
    }
    compare(study, jobs, endings, statuses);
  };
}

function compare(study: Study, jobs: readonly Job[], endings: ReadonlyMap<JobId, Ending | null>, statuses: readonly TrialStatus[]): void {
  const { running, trials } = study.history;
  const expected = jobs.filter((job) => endings.get(job.id) === null).map((job) => job.id);
  const actual = running.map((job) => job.id);
  if (JSON.stringify(expected) !== JSON.stringify(actual)) violate(`jobs ${expected.join(", ")} running`, actual.join(", "));
  const found = trials.map((trial) => trial.status);
  if (JSON.stringify(statuses) !== JSON.stringify(found)) violate(`trials ${statuses.join(", ")}`, found.join(", "));
  for (const trial of trials) {
    const fidelities = trial.curve.map((measurement) => measurement.fidelity);
    const ascending = fidelities.every((fidelity, index) => index === 0 || fidelity > fidelities[index - 1]!);
    const finite = trial.curve.every((measurement) => [...measurement.values, ...measurement.constraints].every(Number.isFinite));
    if (!ascending || !finite) violate("a finite curve that ascends", JSON.stringify(trial.curve));
  }
}
