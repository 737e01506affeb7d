/**
 * The drive loop: asks a study for jobs, runs up to `workers` of them at once, and tells it what comes back, until the study is done or
 * the budget is spent. All five ways to fail end here: an evaluation that throws (threw), overruns its time (timeout), reports
 * a number that is none (nonfinite), calls the configuration infeasible, or was lost with its worker.
 */
import { type Clock, stillClock } from "./clock.ts";
import { ConfigError, ExternalError } from "./errors.ts";
import type { JobId } from "./ids.ts";
import type { Told } from "./measurement.ts";
import { show } from "./show.ts";
import { createAbort, type Signal } from "./signal.ts";
import type { Heard, Study } from "./study.ts";
import type { FailureReason, Job } from "./trial.ts";

/** What an evaluation is given beside its job. */
export type Workbench = {
  /** Aborted when the job is stopped, paused, timed out, or the whole loop ends early. */
  readonly signal: Signal;
  /** Reports a fidelity below the job's end; false once the job has ended and nothing more is wanted. */
  measure(told: Told & { readonly fidelity: number }): boolean;
};

/** The measurement at the job's end, or the word that this configuration cannot be measured. */
export type Evaluated = Told | { readonly infeasible: true };
export type Evaluate = (job: Job, workbench: Workbench) => Evaluated | Promise<Evaluated>;

export type DriveOptions = {
  /** Jobs at once; 1 by default. */
  readonly workers?: number;
  /** Trials of the whole study, those that stand in its history already included; unlimited by default. */
  readonly trials?: number;
  /** Seconds of `clock` after which a job has failed with `timeout`. */
  readonly timeoutSeconds?: number;
  readonly clock?: Clock;
  /** Ends the loop early; running jobs are aborted and fail as lost. */
  readonly signal?: Signal;
  /** Called after each report took effect, with what an evaluation threw where it threw. */
  readonly onReport?: (job: Job, heard: Heard, thrown: unknown) => void;
};

/** done: the strategy has nothing left; trials: the budget is spent; aborted: the signal came. */
export type DriveEnd = "done" | "trials" | "aborted";

/** @throws ConfigError for workers, trials or a time limit that make no sense. A strategy's breach of contract rejects. */
export function drive(study: Study, evaluate: Evaluate, options: DriveOptions = {}): Promise<DriveEnd> {
  const { workers = 1, trials = Number.POSITIVE_INFINITY, timeoutSeconds, clock = stillClock, signal, onReport = () => {} } = options;
  checkOptions(options);
  const active = new Map<JobId, () => void>();

  return new Promise((resolve, reject) => {
    let ended = false;

    const finish = (how: DriveEnd): void => {
      ended = true;
      resolve(how);
    };

    const crash = (error: unknown): void => {
      ended = true;
      for (const abort of [...active.values()]) abort();
      reject(error);
    };

    const begin = (job: Job): void => {
      const controller = createAbort();
      let cancelTimeout = (): void => {};
      const startedMs = clock.nowMs();
      const costSeconds = (): number => (clock.nowMs() - startedMs) / 1000;

      const leave = (): void => {
        active.delete(job.id);
        cancelTimeout();
      };
      const report = (say: () => Heard, thrown: unknown): boolean => {
        if (ended || !active.has(job.id)) return false;
        try {
          const heard = say();
          if (study.history.running.every((one) => one.id !== job.id)) leave();
          onReport(job, heard, thrown);
          for (const directive of heard.directives) if (directive.kind !== "discard") active.get(directive.job)?.();
          if (!active.has(job.id)) controller.abort();
          return active.has(job.id);
        } catch (error) {
          crash(error);
          return false;
        }
      };
      const fail = (reason: FailureReason, thrown: unknown): boolean =>
        report(() => study.fail(job.id, reason, { costSeconds: costSeconds() }, clock.nowMs()), thrown);
      const tell = (told: Told, thrown: unknown): boolean =>
        report(() => study.tell(job.id, { costSeconds: costSeconds(), ...told }, clock.nowMs()), thrown);

      active.set(job.id, () => {
        leave();
        controller.abort();
      });
      if (timeoutSeconds !== undefined) {
        cancelTimeout = clock.after(timeoutSeconds * 1000, () => {
          fail("timeout", null);
          fill();
        });
      }
      const workbench: Workbench = { signal: controller.signal, measure: (told) => tell(told, null) };
      Promise.resolve()
        .then(() => evaluate(job, workbench))
        .then((evaluated) => settle(evaluated))
        .catch((thrown: unknown) => fail(thrown instanceof ExternalError && thrown.code === "lost" ? "lost" : "threw", thrown))
        .then(() => fill());

      const settle = (evaluated: Evaluated): void => {
        if ("infeasible" in evaluated) fail("infeasible", null);
        else tell({ ...evaluated, fidelity: job.until }, null);
      };
    };

    const fill = (): void => {
      if (ended) return;
      try {
        while (active.size < workers) {
          const room = Math.min(workers - active.size, trials - study.history.trials.length);
          if (room <= 0 || study.done) break;
          const { jobs, directives } = study.ask(room, clock.nowMs());
          for (const directive of directives) if (directive.kind !== "discard") active.get(directive.job)?.();
          if (jobs.length === 0) break;
          for (const job of jobs) begin(job);
        }
      } catch (error) {
        crash(error);
        return;
      }
      if (active.size === 0) finish(study.done ? "done" : "trials");
    };

    const stop = (): void => {
      if (ended) return;
      finish("aborted");
      for (const [job, abort] of [...active]) {
        abort();
        study.fail(job, "lost", {}, clock.nowMs());
      }
    };

    if (signal?.aborted) return stop();
    signal?.addEventListener("abort", stop);
    for (const job of study.history.running) begin(job);
    fill();
  });
}

function checkOptions({ workers = 1, trials, timeoutSeconds, clock }: DriveOptions): void {
  const refuse = (what: string, expected: string, got: unknown, remedy: string): never => {
    throw new ConfigError({ code: "badOption", what: `option ${what}`, expected, got: show(got), remedy });
  };
  if (!(Number.isInteger(workers) && workers >= 1))
    refuse("workers", "a whole number from 1", workers, "Give 1 for one evaluation at a time.");
  if (trials !== undefined && !(trials >= 0)) refuse("trials", "a number that is not negative", trials, "Leave it out for no limit.");
  if (timeoutSeconds === undefined) return;
  if (!(timeoutSeconds > 0)) refuse("timeoutSeconds", "a positive number", timeoutSeconds, "Leave it out for no limit.");
  if (clock === undefined) refuse("clock", "a clock beside timeoutSeconds", clock, "Pass a clock; without one no time passes.");
}
