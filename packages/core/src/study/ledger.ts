/**
 * The ledger: what an event log says happened, without any strategy code. It applies events in order and hands out `History` views,
 * each good for one version. Trials, curves and the list of running jobs change in place, so that an event costs the same however long the
 * log is.
 */
import { StateError } from "../contract/errors.ts";
import { type JobId, type TrialId, trialId } from "../contract/ids.ts";
import { type Pending, pendingIn } from "../contract/pending.ts";
import type { Problem } from "../contract/problem.ts";
import type { Directive } from "../contract/strategy.ts";
import type { FailureReason, History, Job, Measurement, TrialStatus } from "../contract/trial.ts";
import type { Config } from "../space/param.ts";
import type { Event } from "./events.ts";
import { shareCache } from "./historyCache.ts";

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
  /** Jobs handed out so far; ids run from 0. */
  readonly jobs: number;
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

export function createLedger(problem: Problem): Ledger {
  const trials: GrowingTrial[] = [];
  const running = new Map<JobId, Job>();
  const endings: (JobEnding | undefined)[] = [];
  const progress: number[] = [];
  const untils: number[] = [];
  const queue: Config[] = [];
  const discarded = new Set<TrialId>();
  /** The running jobs as a list. It is built at its first use, so it costs nothing if it is never used. */
  let listed: Job[] | null = null;
  let version = 0;

  const end = (job: Job, ending: JobEnding, status: TrialStatus): void => {
    running.delete(job.id);
    if (listed !== null) listed.splice(placeOf(listed, job.id), 1);
    endings[job.id] = ending;
    trials[job.trial]!.status = status;
  };

  const start = (job: Job): void => {
    running.set(job.id, job);
    listed?.push(job);
    endings.push(undefined);
    progress.push(job.from?.fidelity ?? 0);
    untils.push(job.until);
    if (job.trial < trials.length) {
      trials[job.trial]!.status = "running";
      return;
    }
    const parent = job.from === null ? null : job.from.trial;
    if (parent === null) queue.shift();
    trials.push({ id: job.trial, config: job.config, parent, status: "running", curve: nothing });
  };

  const knows = (trial: TrialId, fidelity: number): boolean => (trials[trial]!.curve.at(-1)?.fidelity ?? 0) >= fidelity;

  const isLate = (event: Event): boolean => (event.kind === "told" || event.kind === "failed") && endings[event.job] !== undefined;

  const apply = (event: Event): void => {
    version++;
    if (isLate(event)) return;
    switch (event.kind) {
      case "asked":
        for (const job of event.jobs) start(job);
        return;
      case "told": {
        const job = running.get(event.job)!;
        progress[job.id] = event.measurement.fidelity;
        if (!knows(job.trial, event.measurement.fidelity)) extend(trials[job.trial]!, event.measurement);
        const complete = problem.fidelity === null || event.measurement.fidelity >= problem.fidelity.max;
        if (event.last) end(job, event.measurement, complete ? "finished" : "paused");
        return;
      }
      case "failed":
        end(running.get(event.job)!, event.reason, "failed");
        return;
      case "enqueued":
        queue.push(event.config);
        return;
      case "observed":
        trials.push({ id: trialId(trials.length), config: event.config, parent: null, status: "finished", curve: [event.measurement] });
        return;
    }
  };

  const direct = (directives: readonly Directive[]): void => {
    if (directives.length === 0) return;
    for (const directive of directives) {
      if (directive.kind === "discard") {
        discarded.add(directive.trial);
        if (trials[directive.trial]!.status !== "failed") trials[directive.trial]!.status = "discarded";
      } else {
        const ending = directive.kind === "stop" ? "stopped" : "paused";
        end(running.get(directive.job)!, ending, ending);
      }
    }
    version++;
  };

  const view: History = {
    version: 0,
    get trials() {
      checkCurrent(this.version, version);
      return trials;
    },
    get running() {
      checkCurrent(this.version, version);
      listed ??= [...running.values()];
      return listed;
    },
  };
  shareCache(view);
  /** Views inherit all but their version, so that one costs a few words an event. */
  const history = (): History => {
    if (newest.version === version) return newest;
    const next = Object.create(view) as { -readonly [name in keyof History]: History[name] };
    next.version = version;
    newest = next;
    return newest;
  };
  let newest = view;

  return {
    problem,
    history,
    queue,
    pending: pendingIn({ running, queue, configOf: (trial) => trials[trial]!.config }),
    get jobs() {
      return endings.length;
    },
    running: (job) => running.get(job),
    get busy() {
      return running.size;
    },
    outcome: (job) => outcomeOf(endings[job]),
    until: (job) => untils[job]!,
    progress: (job) => progress[job] ?? 0,
    knows,
    discarded: (trial) => discarded.has(trial),
    isLate,
    apply,
    direct,
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

function checkCurrent(version: number, current: number): void {
  if (version === current) return;
  throw new StateError({
    code: "staleHistory",
    what: "history",
    expected: `the view of version ${current}`,
    got: `the view of version ${version}`,
    remedy: "Use the history in the context of the current call.",
  });
}

/**
 * The history that a log tells, read without strategy code: for reports, for adopting an old study, for logs of strategies one does not
 * have.
 */
export function readHistory(problem: Problem, events: Iterable<Event>): History {
  const ledger = createLedger(problem);
  for (const event of events) {
    const late = ledger.isLate(event);
    ledger.apply(event);
    if (!late && event.kind !== "enqueued") ledger.direct(event.directives);
  }
  return ledger.history();
}
