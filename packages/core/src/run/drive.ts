/**
 * The drive loop. It asks a study for jobs, runs up to `workers` of them at once, and tells it the results, until the study is done or the
 * budget is spent. An evaluation fails in one of five ways: it throws ("threw"), takes too long ("timeout"), reports a number that is not
 * finite ("nonfinite"), calls the configuration infeasible ("infeasible"), or is lost with its worker ("lost").
 */
import { func } from "../read/decode.ts";
import { configRoot } from "../read/path.ts";
import { fewTrials } from "../study/notices.ts";
import type { Study } from "../study/study.ts";
import { fill } from "./driving/fill.ts";
import { attempt, type DriveEnd, type Loop } from "./driving/loop.ts";
import { type DriveOptions, settingsOf } from "./driving/settings.ts";
import type { Evaluate } from "./evaluation.ts";

export type { DriveEnd } from "./driving/loop.ts";
export type { DriveOptions } from "./driving/settings.ts";
export type { Evaluate, Evaluated, Workbench } from "./evaluation.ts";

/**
 * Each evaluation starts in a turn of the host, unless the clock is virtual: timers fire and signals arrive between evaluations, also if
 * they block the thread.
 *
 * Jobs that the study has running already, because an earlier loop was interrupted, run first, from where they started. Observed trials
 * run elsewhere, and the loop does not wait for them.
 *
 * @throws ConfigError for workers, trials or a time limit that make no sense. A strategy's breach of contract, or an error in `onReport` or
 * `onNotice`, rejects; a bad report fails its trial alone, as if the evaluation had thrown.
 */
export function drive(study: Study, evaluate: Evaluate, options: DriveOptions = {}): Promise<DriveEnd> {
  const settings = settingsOf(options);
  func(evaluate, configRoot("evaluation of drive", "badOption"));
  const { signal, trials, onNotice } = settings;
  const notice = fewTrials(study.strategy.name, study.leastTrials, trials, study.history.trials.length - study.started);

  return new Promise((resolve, reject) => {
    const end = (): void => {
      loop.phase = "ended";
      signal?.removeEventListener("abort", stop);
      for (const run of [...loop.active.values()]) run.abort();
    };
    const loop: Loop = {
      study,
      evaluate,
      settings,
      active: new Map(),
      interrupted: study.history.running.filter((job) => !job.observed),
      phase: "open",
      finishing: study.finishing,
      failures: 0,
      turn: Promise.resolve(),
      refill: () => fill(loop),
      stop: (how) => {
        loop.phase = "ending";
        attempt(loop, () => {
          for (const run of [...loop.active.values()]) run.lose();
          // A report may have ended the loop.
          if (loop.phase === "ending") loop.finish(how);
        });
      },
      finish: (how) => {
        end();
        resolve(how);
      },
      crash: (error) => {
        end();
        reject(error);
      },
    };
    const stop = (): void => loop.stop("aborted");

    if (signal?.aborted) return loop.finish("aborted");
    signal?.addEventListener("abort", stop);
    attempt(loop, () => {
      if (notice !== null) onNotice(notice);
      loop.refill();
    });
  });
}
