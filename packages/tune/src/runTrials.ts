/** The part of `optimize` that every study has: trials run until a number of them or the strategy is done, or until a signal comes. */
import { type Clock, type Study as CoreStudy, type DriveEnd, drive, type OnNotice, type Signal, type Trial } from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { anything, below, configRoot, type Decoder, func, optionReader, optionsRoot, reject, withMethods } from "@caviar-hpo/core/read";
import { type Best, bestOf } from "./best.ts";
import type { Keeper } from "./checkpoints.ts";
import { nothingSucceeded } from "./failures.ts";
import { evaluationBy, type ObjectiveFunction } from "./objective.ts";

/** What `optimize` may spend, and how. */
export type RunOptions = {
  /**
   * How many trials the study starts in all. Trials of earlier calls count, and so do enqueued and failed ones. Observed ones do not. When
   * all are started, a multi-fidelity strategy still trains its best trials further, also from rungs that are not full.
   */
  readonly trials: number;
  /** How many trials are evaluated at the same time, at least 1; 1 by default. */
  readonly workers?: number;
  /** A job fails after this many seconds of `clock`. Above 0; no limit by default. */
  readonly timeoutSeconds?: number;
  /** The clock that measures time; every time limit needs one. By default a clock that stands still. */
  readonly clock?: Clock;
  /**
   * After so many failures in a row, while no trial of the study has measured anything, `optimize` stops and rejects with what was thrown.
   * A configuration that is called infeasible is no failure here. At least 1, and 10 by default; null never stops.
   */
  readonly maxConsecutiveFailures?: number | null;
  /**
   * Ends the work at once: running jobs fail as lost. None by default. It is heard between trials, also if the objective blocks the thread.
   */
  readonly signal?: Signal;
  /** Ends the work in good order: once it is aborted, no job starts any more, and the running ones end. None by default. */
  readonly finishSignal?: Signal;
  /** Called after each report that ended its trial, or paused it. `failure` of a failed trial says what was thrown. */
  readonly onTrial?: (trial: Trial) => void;
  /** Called instead of the study's `onNotice`, once per call of `optimize` for each notice. */
  readonly onNotice?: OnNotice;
};

/** The study that a call works on. */
export type StudyParts<M> = { readonly core: CoreStudy; readonly keeper: Keeper<M>; readonly onNotice: OnNotice };

/** `optimize` of a small bundle. Resolves to the best trial of the study. */
export async function optimizeSimply<C, M>(parts: StudyParts<M>, objective: ObjectiveFunction<C, M>, given: RunOptions): Promise<Best<C>> {
  const options = readOptions(given);
  checkTrials(options.trials);
  return bestAfter(parts, await runTrials(parts, objective, options, { enough: () => options.finishSignal?.aborted === true }));
}

/** @param options as they were read. `watch` replaces `finishSignal`. */
export function runTrials<C, M>(
  { core, keeper, onNotice: onStudyNotice }: StudyParts<M>,
  objective: ObjectiveFunction<C, M>,
  { finishSignal: _watched, onTrial, onNotice: ownNotice, ...limits }: RunOptions,
  watch: { readonly enough: () => boolean; readonly onStart?: () => void },
): Promise<DriveEnd> {
  // Else it would fail once a trial, and say so at the end.
  func(objective, configRoot("objective of optimize", "badObjective"));
  const onNotice = ownNotice === undefined ? onStudyNotice : onceEach(ownNotice);
  return drive(core, evaluationBy(objective, core.problem, keeper, onNotice), {
    maxConsecutiveFailures: 10,
    ...limits,
    ...watch,
    finish: true,
    onNotice,
    onReport: (job) => {
      const trial = core.history.trials[job.trial]!;
      if (trial.status !== "running") onTrial?.(trial);
    },
  });
}

/** @throws StateError if no trial has succeeded. */
export function bestAfter<C, M>({ core }: StudyParts<M>, end: DriveEnd): Best<C> {
  const [best] = bestOf<C>(core);
  if (best !== undefined) return best;
  throw nothingSucceeded(end, core.history.trials);
}

/** How the options of a call are read. */
export const runFields: { readonly [N in keyof Required<RunOptions>]: Decoder<unknown> } = {
  trials: anything,
  workers: anything,
  timeoutSeconds: anything,
  maxConsecutiveFailures: anything,
  clock: withMethods("nowMs", "after"),
  signal: withMethods("addEventListener", "removeEventListener"),
  finishSignal: withMethods("addEventListener", "removeEventListener"),
  onTrial: func,
  onNotice: func,
};
const readOptions = optionReader<RunOptions>("optimize", runFields);

/** Without a number of trials most strategies would never end. */
export function checkTrials(trials: unknown): void {
  if (Number.isInteger(trials) && (trials as number) >= 1) return;
  reject(below(optionsRoot("optimize"), "trials"), "a whole number from 1", trials, "Say how many trials may start.");
}
