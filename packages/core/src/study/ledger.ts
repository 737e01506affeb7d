/**
 * The ledger: what an event log says happened, without any strategy code. It applies events in order and hands out `History` views,
 * each good for one version. Trials, curves and the list of running jobs change in place, so that an event costs the same however long the
 * log is.
 */
import { sameFidelity } from "../contract/fidelity.ts";
import { type JobId, type TrialId, trialId } from "../contract/ids.ts";
import { type Pending, pendingIn } from "../contract/pending.ts";
import type { Problem } from "../contract/problem.ts";
import type { Directive } from "../contract/strategy.ts";
import type { FailureReason, History, Job, Measurement, TrialFailure, TrialStatus } from "../contract/trial.ts";
import type { Config } from "../space/param.ts";
import type { Event } from "./events.ts";
import { historyViews } from "./historyViews.ts";
import { type RunningJobs, runningJobs } from "./runningJobs.ts";

/** How a job ended: what it finally measured, why it failed, or that the strategy stopped or paused it. */
export type JobOutcome =
  | { readonly kind: "finished"; readonly measurement: Measurement }
  | { readonly kind: "failed"; readonly reason: FailureReason }
  | { readonly kind: "stopped" | "paused" };

export type Ledger = {
  readonly problem: Problem;
  /** The view of this moment; views of earlier moments throw StateError. */
  history(): History;
  readonly queue: readonly Config[];
  /** A live view of the configurations that run or are queued. */
  readonly pending: Pending;
  /** Jobs handed out so far, those of the study that this one continues included; ids run from 0. */
  readonly jobs: number;
  /** Trials that jobs have started: all but the observed ones. */
  readonly started: number;
  /** Whether a trial was measured outside this study. */
  observed(trial: TrialId): boolean;
  running(job: JobId): Job | undefined;
  /** How many jobs run. */
  readonly busy: number;
  outcome(job: JobId): JobOutcome | undefined;
  /** Where a job ends, or would have ended. */
  until(job: JobId): number;
  /** The fidelity a job has reported last, or the one it started from. */
  progress(job: JobId): number;
  /** Whether a trial's curve already reaches this fidelity: a job that starts from scratch passes through what an earlier one measured. */
  knows(trial: TrialId, fidelity: number): boolean;
  /** Whether a trial's checkpoints were given up. */
  discarded(trial: TrialId): boolean;
  /** Whether a told or failed event would come too late to count. */
  isLate(event: Event): boolean;
  /** Applies everything of an event but its directives. */
  apply(event: Event): void;
  direct(directives: readonly Directive[]): void;
};

/** An outcome without a box around it: of a million jobs each has one. */
type JobEnding = Measurement | FailureReason | "stopped" | "paused";

function outcomeOf(ending: JobEnding | undefined): JobOutcome | undefined {
  if (ending === undefined) return undefined;
  if (ending === "stopped" || ending === "paused") return { kind: ending };
  return typeof ending === "string" ? { kind: "failed", reason: ending } : { kind: "finished", measurement: ending };
}

type GrowingTrial = {
  readonly id: TrialId;
  readonly config: Config;
  readonly parent: TrialId | null;
  status: TrialStatus;
  curve: Measurement[];
  failure?: TrialFailure;
};

/**
 * The curve of every trial that has measured nothing: a first push to an empty array would make room for seventeen, and most trials of a
 * large study measure once.
 */
const nothing = Object.freeze([] as Measurement[]) as Measurement[];

function extend(trial: GrowingTrial, measurement: Measurement): void {
  if (trial.curve === nothing) trial.curve = [measurement];
  else trial.curve.push(measurement);
}

/** What the ledger knows; all of it changes in place. The arrays of jobs and trials are indexed by their ids. */
type Entries = {
  readonly trials: GrowingTrial[];
  readonly running: RunningJobs;
  readonly endings: (JobEnding | undefined)[];
  readonly progress: number[];
  readonly untils: number[];
  readonly queue: Config[];
  readonly discarded: Set<TrialId>;
  readonly observed: Set<TrialId>;
};

/** @param firstJob the jobs with lower ids have ended, in a study that this one continues. */
export function createLedger(problem: Problem, firstJob = 0): Ledger {
  const trials: GrowingTrial[] = [];
  const running = runningJobs();
  const earlier = <T>(value: T): T[] => Array(firstJob).fill(value);
  const full = problem.fidelity === null ? 0 : problem.fidelity.max;
  const endings = earlier<JobEnding | undefined>("stopped");
  const [progress, untils] = [earlier(0), earlier(full || 1)];
  const entries: Entries = { trials, running, endings, progress, untils, queue: [], discarded: new Set(), observed: new Set() };
  const { queue, discarded, observed } = entries;
  const views = historyViews(trials, running);
  const isLate = (event: Event): boolean => (event.kind === "told" || event.kind === "failed") && endings[event.job] !== undefined;
  return {
    problem,
    history: () => views.current(),
    queue,
    pending: pendingIn({
      space: problem.space,
      running: running.byId,
      queue,
      configOf: (trial) => trials[trial]!.config,
    }),
    get jobs() {
      return endings.length;
    },
    get started() {
      return trials.length - observed.size;
    },
    observed: (trial) => observed.has(trial),
    running: (job) => running.byId.get(job),
    get busy() {
      return running.byId.size;
    },
    outcome: (job) => outcomeOf(endings[job]),
    until: (job) => untils[job]!,
    progress: (job) => progress[job] ?? 0,
    knows: (trial, fidelity) => reaches(trials[trial]!, fidelity),
    discarded: (trial) => discarded.has(trial),
    isLate,
    apply(event) {
      views.advance();
      if (!isLate(event)) enter(entries, event, full);
    },
    direct(directives) {
      if (directives.length === 0) return;
      for (const directive of directives) obey(entries, directive);
      views.advance();
    },
  };
}

/** Enters an event but its directives. `full` is the fidelity at which a trial is finished. */
function enter(entries: Entries, event: Event, full: number): void {
  const { trials, running, progress, queue } = entries;
  switch (event.kind) {
    case "asked":
      for (const job of event.jobs) start(entries, job);
      return;
    case "told": {
      const { measurement } = event;
      const job = running.byId.get(event.job)!;
      progress[job.id] = measurement.fidelity;
      if (!reaches(trials[job.trial]!, measurement.fidelity)) extend(trials[job.trial]!, measurement);
      if (event.last) end(entries, job, measurement, job.observed || measurement.fidelity >= full ? "finished" : "paused");
      return;
    }
    case "failed": {
      const { reason, error } = event;
      const job = running.byId.get(event.job)!;
      end(entries, job, reason, "failed");
      trials[job.trial]!.failure = error === undefined ? { reason } : { reason, error };
      return;
    }
    case "enqueued":
      queue.push(event.config);
      return;
    case "observed":
      observe(entries, event);
      return;
  }
}

function observe(entries: Entries, event: Event & { readonly kind: "observed" }): void {
  const { trials } = entries;
  const { config, measurement, curve = [measurement!], failure, job, until = 1 } = event;
  const id = trialId(trials.length);
  entries.observed.add(id);
  const status = failure === undefined ? "finished" : "failed";
  trials.push({ id, config, parent: null, status, curve: curve.length === 0 ? nothing : [...curve], ...(failure && { failure }) });
  if (job !== undefined) start(entries, { id: job, trial: id, config, from: null, until, milestones: [until], observed: true });
}

function start({ trials, running, endings, progress, untils, queue }: Entries, job: Job): void {
  running.add(job);
  endings.push(undefined);
  const known = trials[job.trial];
  progress.push(job.from?.fidelity ?? (job.observed && known!.curve.at(-1)?.fidelity) ?? 0);
  untils.push(job.until);
  if (known !== undefined) {
    known.status = "running";
    return;
  }
  const parent = job.from === null ? null : job.from.trial;
  if (parent === null) queue.shift();
  trials.push({ id: job.trial, config: job.config, parent, status: "running", curve: nothing });
}

function obey(entries: Entries, directive: Directive): void {
  const { trials, running, discarded } = entries;
  if (directive.kind === "discard") {
    discarded.add(directive.trial);
    if (trials[directive.trial]!.status !== "failed") trials[directive.trial]!.status = "discarded";
    return;
  }
  const ending = directive.kind === "stop" ? "stopped" : "paused";
  end(entries, running.byId.get(directive.job)!, ending, ending);
}

function end({ trials, running, endings }: Entries, job: Job, ending: JobEnding, status: TrialStatus): void {
  running.remove(job.id);
  endings[job.id] = ending;
  trials[job.trial]!.status = status;
}

function reaches({ curve }: GrowingTrial, fidelity: number): boolean {
  const last = curve.at(-1)?.fidelity ?? 0;
  return last >= fidelity || sameFidelity(fidelity, last);
}
