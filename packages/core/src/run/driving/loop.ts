/** A drive loop: the running jobs, whether it still takes more, and how it ends. */
import type { JobId } from "../../contract/ids.ts";
import type { Directive } from "../../contract/strategy.ts";
import type { Job } from "../../contract/trial.ts";
import type { Heard } from "../../study/report.ts";
import type { Study } from "../../study/study.ts";
import type { Evaluate } from "../evaluation.ts";
import { hostTurn } from "../hostTurn.ts";
import type { Settings } from "./settings.ts";

/**
 * How a drive loop ended. "done": the strategy has nothing left. "trials": the budget is spent, and no trial has work left. "aborted": the
 * signal came. "failing": `maxConsecutiveFailures` was reached. "finished": `enough` returned true, and the running jobs have ended.
 */
export type DriveEnd = "done" | "trials" | "aborted" | "failing" | "finished";

/** A job at work. */
export type Run = {
  /** Ends the job without a report. */
  abort(): void;
  /** Fails the job as lost. */
  lose(): void;
};

export type Loop = {
  readonly study: Study;
  readonly evaluate: Evaluate;
  readonly settings: Settings;
  readonly active: Map<JobId, Run>;
  /** Jobs of an earlier loop that still have to run. */
  readonly interrupted: Job[];
  /** An ending loop takes no more jobs. */
  phase: "open" | "ending" | "ended";
  /** Whether waiting stages continue with the trials there are. */
  finishing: boolean;
  /** Failures since the last report that was none. */
  failures: number;
  /** The turn of the host in which the last of the evaluations starts. */
  turn: Promise<unknown>;
  /** Gives free workers something to do, or finishes the loop. */
  refill(): void;
  /** Fails all jobs as lost, then ends the loop, and resolves its promise. */
  stop(how: DriveEnd): void;
  /** Ends the loop, and resolves its promise. */
  finish(how: DriveEnd): void;
  /** Ends the loop, and rejects its promise. */
  crash(error: unknown): void;
};

/**
 * One evaluation starts in each turn of the host, because each may block the thread. In virtual time there are no turns of the host.
 */
export function nextTurn(loop: Loop): Promise<unknown> {
  if (loop.settings.clock.virtual === true) return Promise.resolve();
  loop.turn = loop.turn.then(hostTurn);
  return loop.turn;
}

/** Runs the body; what it throws crashes the loop. */
export function attempt(loop: Loop, body: () => void): void {
  try {
    body();
  } catch (error) {
    loop.crash(error);
  }
}

/** Counts failures in a row. Stops the loop if they are too many, and no trial has measured anything. */
export function countFailure(loop: Loop, { trial }: Job, { effect }: Heard): void {
  const { trials } = loop.study.history;
  const failed = effect === "failed" && trials[trial]!.failure!.reason !== "infeasible";
  loop.failures = failed ? loop.failures + 1 : 0;
  if (loop.failures < loop.settings.maxConsecutiveFailures || loop.phase !== "open") return;
  if (trials.every(({ curve }) => curve.length === 0)) loop.stop("failing");
}

/** The list of running jobs is as long as there are workers: it is searched only where the trial's status leaves the answer open. */
export function isRunning({ study }: Loop, { id, trial }: Job): boolean {
  return study.history.trials[trial]!.status === "running" && study.history.running.some((job) => job.id === id);
}

/** Aborts the jobs that the strategy stops or pauses. */
export function heed({ active }: Loop, directives: readonly Directive[]): void {
  for (const directive of directives) if (directive.kind !== "discard") active.get(directive.job)?.abort();
}
