/**
 * The drive loop: asks a study for jobs, runs up to `workers` of them at once, and tells it what comes back, until the study is done or
 * the budget is spent. All five ways to fail end here: an evaluation that throws (threw), overruns its time (timeout), reports
 * a number that is none (nonfinite), calls the configuration infeasible, or was lost with its worker.
 */

import { ConfigError, ExternalError, ProtocolError } from "../contract/errors.ts";
import type { JobId } from "../contract/ids.ts";
import type { Told } from "../contract/measurement.ts";
import type { Directive } from "../contract/strategy.ts";
import type { FailureReason, Job } from "../contract/trial.ts";
import type { Heard } from "../study/report.ts";
import type { Study } from "../study/study.ts";
import { show } from "../text/show.ts";
import { type Clock, stillClock } from "./clock.ts";
import { createAbort, type Signal } from "./signal.ts";

/** What an evaluation is given beside its job. */
export type Workbench = {
  /** Aborted when the job ends before its evaluation does: stopped, paused, out of time, failed, or the whole loop ends early. */
  readonly signal: Signal;
  /**
   * Reports a fidelity below the job's end; false once the job has ended and nothing more is wanted. A job that was interrupted and runs
   * again may pass through what it had reported.
   *
   * @throws ProtocolError for a report that the study refuses: a fidelity twice, a wrong count of values.
   */
  measure(told: Told & { readonly fidelity: number }): boolean;
};

/** The measurement at the job's end, or the word that this configuration cannot be measured. */
export type Evaluated = Told | { readonly infeasible: true };
export type Evaluate = (job: Job, workbench: Workbench) => Evaluated | Promise<Evaluated>;

export type DriveOptions = {
  /** Jobs at once; 1 by default. */
  readonly workers?: number;
  /**
   * Trials of the whole study, those that stand in its history already included; unlimited by default. It bounds how many start: those
   * there are still go on where the strategy promotes them. A larger budget later goes on as if it had been there from the start.
   */
  readonly trials?: number;
  /**
   * When the trials are spent, what waits for more of them goes on with those there are: a rung that is half full promotes the best of its
   * half. Without it (the default) such a rung waits for a larger budget.
   */
  readonly finish?: boolean;
  /** Seconds of `clock` after which a job has failed with `timeout`. Its worker counts as free then: heed the signal. */
  readonly timeoutSeconds?: number;
  readonly clock?: Clock;
  /** Ends the loop early; the jobs it runs are aborted and fail as lost. */
  readonly signal?: Signal;
  /** Called after each report took effect, with what an evaluation threw where it threw. */
  readonly onReport?: (job: Job, heard: Heard, thrown: unknown) => void;
};

/** done: the strategy has nothing left; trials: the budget is spent, and nothing is left to go on with; aborted: the signal came. */
export type DriveEnd = "done" | "trials" | "aborted";

/**
 * Jobs that the study has running already, because an earlier loop was interrupted, run first, from where they started.
 *
 * @throws ConfigError for workers, trials or a time limit that make no sense. A strategy's breach of contract, or an error in `onReport`,
 * rejects; a bad report fails its trial alone, as if the evaluation had thrown.
 */
export function drive(study: Study, evaluate: Evaluate, options: DriveOptions = {}): Promise<DriveEnd> {
  const {
    workers = 1,
    trials = Number.POSITIVE_INFINITY,
    finish: mayFinish = false,
    timeoutSeconds,
    clock = stillClock,
    signal,
    onReport = () => {},
  } = options;
  checkOptions(options);
  const active = new Map<JobId, Run>();
  const interrupted = [...study.history.running];

  return new Promise((resolve, reject) => {
    let phase: "open" | "ending" | "ended" = "open";
    let finishing = false;

    const end = (): void => {
      phase = "ended";
      signal?.removeEventListener("abort", stop);
      for (const run of [...active.values()]) run.abort();
    };
    const finish = (how: DriveEnd): void => {
      end();
      resolve(how);
    };
    const crash = (error: unknown): void => {
      end();
      reject(error);
    };
    const attempt = (body: () => void): void => {
      try {
        body();
      } catch (error) {
        crash(error);
      }
    };
    /** The list of running jobs is as long as there are workers: it is looked through only where the trial's status leaves it open. */
    const runs = ({ id, trial }: Job): boolean =>
      study.history.trials[trial]!.status === "running" && study.history.running.some((job) => job.id === id);
    const heed = (directives: readonly Directive[]): void => {
      for (const directive of directives) if (directive.kind !== "discard") active.get(directive.job)?.abort();
    };

    /** @param known the fidelity that an earlier run of the same job reported last. */
    const begin = (job: Job, known: number): void => {
      const controller = createAbort();
      const startedMs = clock.nowMs();
      const costSeconds = (): number => Math.max(0, (clock.nowMs() - startedMs) / 1000);
      let cancelTimeout = (): void => {};
      const leave = (): void => {
        active.delete(job.id);
        cancelTimeout();
      };
      const abort = (): void => {
        leave();
        controller.abort();
      };

      /** What the study refuses is thrown at the one who reported; what breaks the study ends the loop. */
      const report = (say: () => Heard, evaluated: boolean, thrown: unknown): boolean => {
        if (phase === "ended" || !active.has(job.id)) return false;
        let heard: Heard;
        try {
          heard = say();
        } catch (error) {
          if (!study.closed) throw error;
          crash(error);
          return false;
        }
        attempt(() => {
          const before = active.size;
          if (!runs(job)) (evaluated ? leave : abort)();
          heed(heard.directives);
          onReport(job, heard, thrown);
          if (active.size < before) fill();
        });
        return active.has(job.id);
      };
      const fail = (reason: FailureReason, evaluated: boolean, thrown: unknown = null): boolean =>
        report(() => study.fail(job.id, reason, { costSeconds: costSeconds() }, clock.nowMs()), evaluated, thrown);
      const tell = (told: Told, evaluated: boolean): boolean =>
        report(() => study.tell(job.id, { costSeconds: costSeconds(), ...told }, clock.nowMs()), evaluated, null);

      const workbench: Workbench = {
        signal: controller.signal,
        measure: (told) => (told.fidelity <= known ? active.has(job.id) : tell(told, false)),
      };
      const settle = (result: Evaluated): void => {
        checkResult(result);
        if ("infeasible" in result && result.infeasible) fail("infeasible", true);
        else tell({ ...(result as Told), fidelity: job.until }, true);
      };

      active.set(job.id, { abort, lose: () => fail("lost", false) });
      if (timeoutSeconds !== undefined) cancelTimeout = clock.after(timeoutSeconds * 1000, () => attempt(() => fail("timeout", false)));
      const work = async (): Promise<void> => {
        await Promise.resolve();
        if (active.has(job.id)) settle(await evaluate(job, workbench));
      };
      work()
        .catch((thrown: unknown) => {
          fail(thrown instanceof ExternalError && thrown.code === "lost" ? "lost" : "threw", true, thrown);
        })
        .catch(crash);
    };

    const fill = (): void => {
      if (phase !== "open") return;
      while (active.size < workers) {
        const again = interrupted.shift();
        if (again !== undefined) {
          if (runs(again)) begin(again, study.history.trials[again.trial]!.curve.at(-1)?.fidelity ?? nothing);
          continue;
        }
        if (study.done) break;
        const starts = Math.max(0, trials - study.history.trials.length);
        finishing &&= starts === 0;
        const { jobs, directives } = study.ask({ want: workers - active.size, atMs: clock.nowMs(), starts, finish: finishing });
        heed(directives);
        if (jobs.length === 0) {
          // Nothing runs and none may start: what waits for more trials would wait for ever.
          if (!mayFinish || finishing || active.size > 0 || starts > 0 || study.done) break;
          finishing = true;
        }
        for (const job of jobs) begin(job, nothing);
      }
      if (active.size === 0) finish(study.done ? "done" : "trials");
    };

    const stop = (): void => {
      phase = "ending";
      attempt(() => {
        for (const run of [...active.values()]) run.lose();
        if (phase === "ending") finish("aborted");
      });
    };

    if (signal?.aborted) return finish("aborted");
    signal?.addEventListener("abort", stop);
    attempt(fill);
  });
}

const nothing = Number.NEGATIVE_INFINITY;

/** A job at work. */
type Run = { abort(): void; lose(): void };

function checkResult(result: Evaluated): void {
  if (typeof result === "object" && result !== null) return;
  throw new ProtocolError({
    code: "badMeasurement",
    what: "result of an evaluation",
    expected: "{ values } or { infeasible: true }",
    got: show(result),
    remedy: "Return what was measured at the job's end.",
  });
}

function checkOptions({ workers = 1, trials, timeoutSeconds, clock }: DriveOptions): void {
  const refuse = (what: string, expected: string, got: unknown, remedy: string): never => {
    throw new ConfigError({ code: "badOption", what: `option ${what}`, expected, got: show(got), remedy });
  };
  if (!(Number.isInteger(workers) && workers >= 1))
    refuse("workers", "a whole number from 1", workers, "Give 1 for one evaluation at a time.");
  if (trials !== undefined && !(trials >= 0 && (Number.isInteger(trials) || trials === Number.POSITIVE_INFINITY)))
    refuse("trials", "a whole number that is not negative", trials, "Leave it out for no limit.");
  if (timeoutSeconds === undefined) return;
  if (!(timeoutSeconds > 0 && timeoutSeconds < Number.POSITIVE_INFINITY))
    refuse("timeoutSeconds", "a positive number", timeoutSeconds, "Leave it out for no limit.");
  if (clock === undefined) refuse("clock", "a clock beside timeoutSeconds", clock, "Pass a clock; without one no time passes.");
}
