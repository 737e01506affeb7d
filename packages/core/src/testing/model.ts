/**
 * The model of a study for event soups: which jobs there are and how each first ended, which trials wait, what is queued. No algorithm, no
 * code shared with the study it judges. `createModel` gives a witness for `play` that throws at the first of these twelve to break:
 *
 * 1. ids count up from 0 without a gap. 2. At most `want` jobs, at most `starts` of them new trials, and none after done. 3.
 * Configurations lie in the space. 4. `until` and milestones are legal. 5. A start has the values of the oldest queued configuration.
 * 6. Only trials that wait are resumed. 7. Clones start from a measured checkpoint that was not given up. 8. A job's first ending
 * counts, equal repeats and later words do not. 9. Reports of unknown jobs or stray fidelities change nothing. 10. What runs is what
 * was handed out and has not ended. 11. Curves ascend, finite, each fidelity once. 12. Something runs, or was handed out, or the
 * strategy is done, or no more trials could start.
 */
import { type JobId, jobId, type TrialId, trialId } from "../contract/ids.ts";
import type { Told } from "../contract/measurement.ts";
import type { Directive } from "../contract/strategy.ts";
import type { Job, TrialStatus } from "../contract/trial.ts";
import type { Config } from "../space/param.ts";
import type { Asked } from "../study/ask.ts";
import type { ObservedTrial } from "../study/observe.ts";
import type { Study } from "../study/study.ts";
import { inSpace, legalUntil } from "./legal.ts";
import type { Action, Outcome, Witness } from "./play.ts";
import { violate } from "./violate.ts";

type JobEnd = { readonly fidelity: number; readonly values: readonly number[] } | string;

/** What the model knows of a study. */
type StudyModel = {
  readonly endings: Map<JobId, JobEnd | null>;
  readonly jobs: Job[];
  readonly statuses: TrialStatus[];
  /** The fidelity that each trial has reached. */
  readonly reached: number[];
  /** The fidelity that each job has reported last. */
  readonly progress: number[];
  /** The trials whose checkpoints were given up. */
  readonly discarded: Set<TrialId>;
  queue: readonly Config[];
  done: boolean;
  /** How many events of the log were read. */
  logged: number;
};

/** Makes a witness that compares a study with the model after each step. */
export function createModel(): Witness {
  const model: StudyModel = {
    endings: new Map(),
    jobs: [],
    statuses: [],
    reached: [],
    progress: [],
    discarded: new Set(),
    queue: [],
    done: false,
    logged: 0,
  };
  return (action, outcome, study, events) => {
    const fresh = events.slice(model.logged);
    model.logged = events.length;
    if (outcome.kind === "refused" && fresh.length > 0) violate("no event from a refused report", `${fresh.length}`);
    if (action.kind === "ask" && outcome.kind === "asked") answer(model, study, action, outcome.asked);
    if (action.kind === "tell" || action.kind === "fail") {
      const expected = hear(model, study, action);
      if (JSON.stringify(expected) !== JSON.stringify(outcome)) violate(JSON.stringify(expected), JSON.stringify(outcome));
      for (const event of fresh)
        if ("directives" in event && expected.kind === "heard" && expected.effect !== "late") direct(model, event.directives);
    }
    if (action.kind === "enqueue") model.queue = [...model.queue, action.config];
    if (action.kind === "observe") join(model, study, action, outcome);
    compare(study, model);
  };
}

function answer(model: StudyModel, study: Study, action: Action & { readonly kind: "ask" }, asked: Asked): void {
  const { statuses } = model;
  if (asked.jobs.length > action.want) violate(`at most ${action.want} jobs`, `${asked.jobs.length}`);
  const fresh = new Set(asked.jobs.map((job) => job.trial).filter((trial) => trial >= statuses.length));
  if (fresh.size > action.starts) violate(`at most ${action.starts} new trials`, `${fresh.size}`);
  if (model.done && asked.jobs.length > 0) violate("no job after done", `${asked.jobs.length}`);
  for (const job of asked.jobs) hand(model, study, job);
  direct(model, asked.directives);
  model.done ||= asked.then === "done";
  if (action.want > 0 && action.starts >= action.want && !model.done && study.history.running.length === 0)
    violate("a job, or done, while none runs", asked.then);
}

function hand(model: StudyModel, study: Study, job: Job): void {
  const { endings, jobs, statuses, reached, progress, discarded } = model;
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
    if (!measured || discarded.has(from.trial)) violate("a clone of a checkpoint that is there", JSON.stringify(from));
  }
  if (!known && from === null && model.queue.length > 0) {
    const [queued = {}] = model.queue;
    if (Object.entries(queued).some(([name, value]) => job.config[name] !== value))
      violate(`the queued values first, ${JSON.stringify(queued)}`, JSON.stringify(job.config));
    model.queue = model.queue.slice(1);
  }
  if (!known) reached.push(start);
  statuses[job.trial] = "running";
  endings.set(job.id, null);
  progress.push(from?.fidelity ?? 0);
  jobs.push(job);
}

/** A trial from elsewhere is the next trial, and the next job if it runs. */
function join(model: StudyModel, study: Study, { config, trial }: Action & { readonly kind: "observe" }, outcome: Outcome): void {
  const { endings, jobs, statuses, reached, progress } = model;
  const max = study.problem.fidelity?.max ?? 1;
  const { status = "finished", measurements = [trial as Told], until = max } = trial as ObservedTrial;
  const last = measurements.at(-1);
  const job = status === "running" ? jobId(jobs.length) : null;
  if (JSON.stringify(outcome) !== JSON.stringify({ kind: "observed", job })) violate(`job ${job}`, JSON.stringify(outcome));
  statuses.push(status);
  reached.push(last === undefined ? 0 : (last.fidelity ?? max));
  if (job === null) return;
  endings.set(job, null);
  progress.push(reached.at(-1)!);
  jobs.push({ id: job, trial: trialId(statuses.length - 1), config, from: null, until, milestones: [until], observed: true });
}

function hear(model: StudyModel, study: Study, action: Action & { readonly kind: "tell" | "fail" }): Outcome {
  const { endings, jobs, reached, progress } = model;
  if (!endings.has(action.job)) return { kind: "refused" };
  const first = endings.get(action.job)!;
  const told = action.kind === "tell" ? [...action.told.values, ...(action.told.constraints ?? [])].map((value) => value + 0) : [];
  const ending: JobEnd =
    action.kind === "fail" ? action.reason : told.every(Number.isFinite) ? { fidelity: action.told.fidelity, values: told } : "nonfinite";
  if (first !== null) return { kind: "heard", effect: JSON.stringify(first) === JSON.stringify(ending) ? "repeated" : "late" };
  const { trial, until, observed } = jobs[action.job]!;
  if (action.kind === "tell" && (action.told.fidelity <= progress[action.job]! || action.told.fidelity > until)) return { kind: "refused" };
  if (typeof ending === "string") {
    end(model, action.job, ending, "failed");
    return { kind: "heard", effect: "failed" };
  }
  progress[action.job] = ending.fidelity;
  reached[trial] = Math.max(reached[trial]!, ending.fidelity);
  const isFinal = observed || until === (study.problem.fidelity?.max ?? 1);
  if (ending.fidelity === until) end(model, action.job, ending, isFinal ? "finished" : "paused");
  return { kind: "heard", effect: "accepted" };
}

function direct(model: StudyModel, directives: readonly Directive[]): void {
  const { statuses, discarded } = model;
  for (const directive of directives) {
    if (directive.kind !== "discard") end(model, directive.job, directive.kind, directive.kind === "stop" ? "stopped" : "paused");
    else if (discarded.add(directive.trial) && statuses[directive.trial] !== "failed") statuses[directive.trial] = "discarded";
  }
}

function end({ endings, statuses, jobs }: StudyModel, job: JobId, ending: JobEnd, status: TrialStatus): void {
  endings.set(job, ending);
  statuses[jobs[job]!.trial] = status;
}

function compare(study: Study, { jobs, endings, statuses }: StudyModel): void {
  const { running, trials } = study.history;
  const expected = jobs.filter((job) => endings.get(job.id) === null);
  if (expected.length !== running.length || expected.some(({ id }, index) => id !== running[index]!.id))
    violate(`jobs ${idsOf(expected)} running`, idsOf(running));
  if (statuses.length !== trials.length || statuses.some((status, index) => status !== trials[index]!.status))
    violate(`trials ${statuses.join(", ")}`, trials.map(({ status }) => status).join(", "));
  for (const { curve } of trials) {
    const ascending = curve.every(({ fidelity }, index) => index === 0 || fidelity > curve[index - 1]!.fidelity);
    const finite = curve.every(({ values, constraints }) => values.every(Number.isFinite) && constraints.every(Number.isFinite));
    if (!ascending || !finite) violate("a finite curve that ascends", JSON.stringify(curve));
  }
}

function idsOf(jobs: readonly Job[]): string {
  return jobs.map((job) => job.id).join(", ");
}
