/** How far a call of `optimize` has come. */
import type { Study } from "@caviar-hpo/core";
import { isResumed } from "@caviar-hpo/core/contract";
import { type Best, bestOf } from "./best.ts";

export type Progress<C> = {
  /** Trials that the study has started in all, as the option `trials` counts them: the sum of the next three. */
  readonly trials: number;
  /** How many of them neither run nor have failed: they are finished, paused, stopped or discarded. */
  readonly finished: number;
  readonly running: number;
  readonly failed: number;
  /** How many have ended at least once. It never falls, because a paused trial that runs again counts too. */
  readonly ended: number;
  /** The best trial of the study now, whenever you read it. null before a trial has succeeded. */
  readonly best: Best<C> | null;
  /** Seconds of `clock` since `optimize` was called. */
  readonly elapsedSeconds: number;
  /**
   * An estimate: the trials that are left take as long as those of this call on average, and `maxSeconds` ends them. null while nothing is
   * known.
   */
  readonly secondsLeft: number | null;
};

export type ProgressMeter<C> = {
  /** Counts a trial that has failed. */
  countFailure(): void;
  read(): Progress<C>;
};

/** @param budget as `trials` of `optimize`. Infinity for no limit, as for `maxSeconds`. */
export function progressMeter<C>(core: Study, budget: number, maxSeconds: number, elapsedSeconds: () => number): ProgressMeter<C> {
  let failed = core.history.trials.filter(({ id, status }) => status === "failed" && !core.observed(id)).length;
  const jobs = () => core.history.running.filter((job) => !job.observed);
  const ended = (): number => core.started - jobs().filter((job) => !isResumed(job, core.history.trials[job.trial]!)).length;
  const endedBefore = ended();
  return {
    countFailure: () => {
      failed++;
    },
    read: () => {
      const elapsed = elapsedSeconds();
      const done = ended() - endedBefore;
      const untilSpent = done > 0 && elapsed > 0 ? (elapsed / done) * Math.max(0, budget - ended()) : Infinity;
      const left = Math.max(0, Math.min(untilSpent, maxSeconds - elapsed));
      return {
        trials: core.started,
        finished: core.started - jobs().length - failed,
        running: jobs().length,
        failed,
        ended: ended(),
        get best() {
          return bestOf<C>(core)[0] ?? null;
        },
        elapsedSeconds: elapsed,
        secondsLeft: left < Infinity ? left : null,
      };
    },
  };
}
