/** The part of `optimize` that every study has: trials run until a number of them or the strategy is done, or until a signal comes. */
import {
  type Clock,
  ConfigError,
  type Study as CoreStudy,
  type DriveEnd,
  drive,
  type OnNotice,
  type Signal,
  type Trial,
} from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { anything, type Decoder, func, optionReader, withMethods } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { type Best, bestOf } from "./best.ts";
import type { Keeper } from "./checkpoints.ts";
import { nothingSucceeded } from "./failures.ts";
import { checkObjective, evaluationBy, type ObjectiveFunction } from "./objective.ts";

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
export type Site<M> = { readonly core: CoreStudy; readonly keeper: Keeper<M>; readonly onNotice: OnNotice };

/** What may watch a call, and end it. */
export type Watch = {
  /** Asked before each job. true ends the call in good order. */
  enough(): boolean;
  onStart(): void;
  /** Called after each report that ended its trial, or paused it. */
  onTrial(trial: Trial): void;
  onEnd(end: DriveEnd): void;
};

/** Resolves to the best trial of the study. */
export async function runTrials<C, M>(
  { core, keeper, onNotice: onStudyNotice }: Site<M>,
  objective: ObjectiveFunction<C, M>,
  given: RunOptions,
  watch?: Watch,
): Promise<Best<C>> {
  const options = readOptions(given);
  checkObjective(objective);
  if (watch === undefined) checkTrials(options.trials);
  const { finishSignal, onTrial, onNotice: ownNotice, ...limits } = options;
  const onNotice = ownNotice === undefined ? onStudyNotice : onceEach(ownNotice);
  const end = await drive(core, evaluationBy(objective, { problem: core.problem, keeper, onNotice }), {
    maxConsecutiveFailures: 10,
    ...limits,
    finish: true,
    enough: () => finishSignal?.aborted || watch?.enough() || false,
    onNotice,
    ...(watch && { onStart: watch.onStart }),
    onReport: (job) => {
      const trial = core.history.trials[job.trial]!;
      if (trial.status === "running") return;
      onTrial?.(trial);
      watch?.onTrial(trial);
    },
  });
  watch?.onEnd(end);
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
  throw new ConfigError({
    code: "badOption",
    what: "option trials of optimize",
    expected: "a whole number from 1",
    got: show(trials),
    remedy: "Say how many trials may start.",
  });
}
