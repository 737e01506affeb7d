/**
 * An objective that an executor evaluates. Each attempt has a lease. A lost job runs again, at most `retries` times. What comes late is
 * judged here, so an executor only passes on what its workers say.
 */
import { randomBytes } from "node:crypto";
import { type Clock, type Config, ExternalError, type JobId, type TrialId } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";
import type { Assignment, ObjectiveFunction } from "@caviar-hpo/tune";
import type { AttemptOutcome, Executor, JobListener, LeasedJob } from "./executor.ts";
import { type LeaseWatch, watchLease } from "./lease.ts";

export type AttemptSettings = {
  readonly executor: Executor;
  readonly clock: Clock;
  /** How often a lost job runs again. */
  readonly retries: number;
  readonly timeoutSeconds: number | undefined;
  /** The job that evaluates a trial at this moment. */
  readonly jobOf: (trial: TrialId) => JobId;
  /** A worker has taken a job. */
  readonly onAssigned: (job: JobId, worker: string, attempt: number) => void;
  /** A lost attempt has finished, while a later attempt runs or has ended. */
  readonly onLate: (assignment: Assignment<Config, Uint8Array>, result: LateResult) => void;
};

/** What an objective returns. */
export type LateResult = Awaited<ReturnType<ObjectiveFunction<Config, Uint8Array>>>;

type Attempt = {
  readonly number: number;
  readonly controller: AbortController;
  /** "lost": its lease ran out. "over": its outcome counts no longer. */
  state: "waiting" | "running" | "lost" | "over";
  watch: LeaseWatch | null;
  cancelTimeout(): void;
};

/** A job from its first attempt to its last. */
type LeasedEvaluation = {
  readonly settings: AttemptSettings;
  readonly assignment: Assignment<Config, Uint8Array>;
  readonly job: JobId;
  readonly resolve: (value: LateResult) => void;
  readonly reject: (thrown: unknown) => void;
  current: Attempt | null;
  attempts: number;
  losses: number;
  preemptions: number;
  /** The fidelity that was measured last. A later attempt measures it again, which is not reported. */
  reported: number;
  over: boolean;
};

/** A job that is preempted more often counts as lost. */
const mostPreemptions = 100;

/** The objective whose evaluations `executor` runs. Its promise never settles if the study ends the job first. */
export function objectiveOn(settings: AttemptSettings): ObjectiveFunction<Config, Uint8Array> {
  return (assignment) =>
    new Promise((resolve, reject) => {
      const job = settings.jobOf(assignment.trial);
      const counts = { attempts: 0, losses: 0, preemptions: 0, reported: -Infinity };
      const evaluation: LeasedEvaluation = { settings, assignment, job, resolve, reject, current: null, over: false, ...counts };
      assignment.signal.addEventListener("abort", () => end(evaluation));
      begin(evaluation);
    });
}

function begin(evaluation: LeasedEvaluation): void {
  const { settings, assignment, job: id } = evaluation;
  const { trial, config, from, until, milestones } = assignment;
  evaluation.attempts++;
  const attempt: Attempt = {
    number: evaluation.attempts,
    controller: new AbortController(),
    state: "waiting",
    watch: null,
    cancelTimeout: () => {},
  };
  evaluation.current = attempt;
  try {
    const lease = { token: randomBytes(16).toString("hex"), seconds: settings.executor.leaseSeconds };
    const job: LeasedJob = { id, trial, config, from, until, milestones, attempt: attempt.number, lease, checkpoint: assignment.load() };
    settings.executor.run(job, listenerOf(evaluation, attempt)).then(
      (outcome) => conclude(evaluation, attempt, outcome),
      (thrown: unknown) => conclude(evaluation, attempt, { kind: "failed", thrown }),
    );
  } catch (thrown) {
    end(evaluation, () => evaluation.reject(thrown));
  }
}

function listenerOf(evaluation: LeasedEvaluation, attempt: Attempt): JobListener {
  const { settings, assignment } = evaluation;
  const isLive = (): boolean => attempt.state === "running" || attempt.state === "waiting";
  /** What the study refuses fails the trial. */
  const pass = (tell: () => boolean): boolean => {
    if (!isLive()) return false;
    try {
      return tell();
    } catch (thrown) {
      end(evaluation, () => evaluation.reject(thrown));
      return false;
    }
  };
  return {
    signal: attempt.controller.signal,
    started: (worker) => {
      if (attempt.state !== "waiting") return;
      attempt.state = "running";
      startTimes(evaluation, attempt);
      pass(() => {
        settings.onAssigned(evaluation.job, worker, attempt.number);
        return true;
      });
    },
    renew: () => {
      attempt.watch?.renew();
      return isLive();
    },
    measure: (result, fidelity) =>
      pass(() => {
        if (fidelity <= evaluation.reported) return true;
        evaluation.reported = fidelity;
        return assignment.measure(result, fidelity);
      }),
    save: (checkpoint, fidelity) => {
      pass(() => {
        assignment.save(checkpoint, fidelity);
        return true;
      });
    },
  };
}

function startTimes(evaluation: LeasedEvaluation, attempt: Attempt): void {
  const { clock, timeoutSeconds, executor } = evaluation.settings;
  if (timeoutSeconds !== undefined) {
    attempt.cancelTimeout = clock.after(timeoutSeconds * 1000, () => {
      end(evaluation, () => evaluation.reject(timedOut(evaluation, timeoutSeconds)));
    });
  }
  const seconds = executor.leaseSeconds;
  if (seconds === null) return;
  attempt.watch = watchLease(clock, seconds, () => {
    attempt.state = "lost";
    attempt.cancelTimeout();
    attempt.controller.abort();
    lose(evaluation, leaseLost(evaluation, seconds));
  });
}

/** The attempt has an outcome. */
function conclude(evaluation: LeasedEvaluation, attempt: Attempt, outcome: AttemptOutcome): void {
  if (attempt.state === "over") return;
  if (attempt.state === "lost") {
    if (outcome.kind === "finished") judgeLate(evaluation, outcome.result);
    return;
  }
  release(attempt);
  if (outcome.kind === "finished") end(evaluation, () => evaluation.resolve(outcome.result));
  else if (outcome.kind === "failed") end(evaluation, () => evaluation.reject(outcome.thrown));
  else if (outcome.kind === "lost") lose(evaluation, outcome.error);
  else {
    evaluation.preemptions++;
    if (evaluation.preemptions > mostPreemptions) lose(evaluation, preemptedTooOften(evaluation));
    else begin(evaluation);
  }
}

/** A late result is accepted if no worker has taken the job since. Otherwise it is a result of its own. */
function judgeLate(evaluation: LeasedEvaluation, result: LateResult): void {
  if (evaluation.current?.state === "waiting" && !evaluation.over) end(evaluation, () => evaluation.resolve(result));
  else evaluation.settings.onLate(evaluation.assignment, result);
}

function lose(evaluation: LeasedEvaluation, error: unknown): void {
  evaluation.losses++;
  if (evaluation.losses > evaluation.settings.retries) end(evaluation, () => evaluation.reject(error));
  else begin(evaluation);
}

/** Ends the evaluation, and what is still running of it. */
function end(evaluation: LeasedEvaluation, settle: () => void = () => {}): void {
  if (evaluation.over) return;
  evaluation.over = true;
  const { current } = evaluation;
  if (current !== null && current.state !== "over" && current.state !== "lost") {
    release(current);
    current.controller.abort();
  }
  settle();
}

function release(attempt: Attempt): void {
  attempt.state = "over";
  attempt.watch?.stop();
  attempt.cancelTimeout();
}

function timedOut({ assignment }: LeasedEvaluation, seconds: number): ExternalError {
  return new ExternalError({
    code: "timeout",
    what: `trial ${assignment.trial}`,
    expected: `its end within ${counted(seconds, "second")}`,
    got: "none",
    remedy: "Its worker was stopped. Raise timeoutSeconds if it should take longer.",
  });
}

function leaseLost({ assignment }: LeasedEvaluation, seconds: number): ExternalError {
  return new ExternalError({
    code: "lost",
    what: `the worker of trial ${assignment.trial}`,
    expected: `a sign of life within ${counted(seconds, "second")}`,
    got: "none",
    remedy: "Find out why it stopped: a machine that went to sleep, or a process that was paused.",
  });
}

function preemptedTooOften({ assignment }: LeasedEvaluation): ExternalError {
  return new ExternalError({
    code: "lost",
    what: `the worker of trial ${assignment.trial}`,
    expected: `at most ${mostPreemptions} preemptions of a job`,
    got: "more",
    remedy: "Give the job a machine that it can keep.",
  });
}
