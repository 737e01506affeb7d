/** One call of `optimize`: what it may spend, what it reports, and how it ends. */
import { type Clock, ConfigError, type Study as CoreStudy, drive, type OnNotice, type Signal, type Trial } from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { anything, func, optionReader, withMethods } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { type Best, bestOf } from "./best.ts";
import type { Keeper } from "./checkpoints.ts";
import { type Ending, endingOf, nothingSucceeded } from "./ending.ts";
import { checkObjective, evaluationBy, type ObjectiveFunction } from "./objective.ts";
import { type Patience, patience, patienceOf } from "./patience.ts";
import { type Progress, progressMeter } from "./progress.ts";

/** What `optimize` may spend, and how. It needs `trials`, `maxSeconds` or `patience`; the first limit that is reached ends it. */
export type OptimizeOptions<C = unknown> = {
  /**
   * How many trials the study starts in all; no limit by default. Trials of earlier calls count, and so do enqueued and failed ones.
   * Observed ones do not. When all are started, a multi-fidelity strategy still trains its best trials further, also from rungs that are
   * not full.
   */
  readonly trials?: number;
  /**
   * After this many seconds of `clock`, counted from the call, no job starts any more, and the running ones end. Above 0; no limit by
   * default. Add `timeoutSeconds` to bound how long these may take.
   */
  readonly maxSeconds?: number;
  /**
   * Ends the work once so many trials in a row have gained nothing, or no more than `minGain` (0 by default): then no job starts any more,
   * and the running ones end. No limit by default. `patience.ts` states the rule.
   */
  readonly patience?: number | Patience;
  /** How many trials are evaluated at the same time, at least 1; 1 by default. */
  readonly workers?: number;
  /** A job fails after this many seconds of `clock`. Above 0; no limit by default. */
  readonly timeoutSeconds?: number;
  /** The clock that measures `maxSeconds` and `timeoutSeconds`; both need one. By default a clock that stands still. */
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
  /** Called when the evaluation of a trial starts, and after each report that ended its trial, or paused it. */
  readonly onProgress?: (progress: Progress<C>) => void;
  /** Called once, when the work has ended, with the rule that ended it. */
  readonly onEnd?: (ending: Ending) => void;
  /** Called instead of the study's `onNotice`, once per call of `optimize` for each notice. */
  readonly onNotice?: OnNotice;
};

/** What a call works with. */
export type Site<M> = { readonly core: CoreStudy; readonly keeper: Keeper<M>; readonly onNotice: OnNotice };

/** Resolves to the best trial of the study. */
export async function optimize<C, M>(
  { core, keeper, onNotice: onStudyNotice }: Site<M>,
  objective: ObjectiveFunction<C, M>,
  given: OptimizeOptions<C>,
): Promise<Best<C>> {
  const options = readOptions(given) as OptimizeOptions<C>;
  checkObjective(objective);
  checkLimits(options);
  const { maxSeconds = Infinity, patience: rule, finishSignal, onTrial, onProgress, onEnd, onNotice: ownNotice, ...limits } = options;
  const { clock, trials = Infinity } = limits;
  const onNotice = ownNotice === undefined ? onStudyNotice : onceEach(ownNotice);
  const startedMs = clock?.nowMs() ?? 0;
  const elapsedSeconds = (): number => Math.max(0, ((clock?.nowMs() ?? 0) - startedMs) / 1000) || 0;
  const isOutOfPatience = rule === undefined ? () => false : patienceOf(core, rule as Patience);
  let ended: "patience" | "seconds" | "finished" | null = null;
  const meter = onProgress && progressMeter<C>(core, { trials, maxSeconds, elapsedSeconds });
  const showProgress = (): void => onProgress?.(meter!.read());

  const end = await drive(core, evaluationBy(objective, { problem: core.problem, keeper, onNotice }), {
    maxConsecutiveFailures: 10,
    ...limits,
    finish: true,
    enough: () => {
      if (finishSignal?.aborted) ended ??= "finished";
      else if (elapsedSeconds() >= maxSeconds) ended ??= "seconds";
      else if (isOutOfPatience()) ended ??= "patience";
      return ended !== null;
    },
    onNotice,
    onStart: showProgress,
    onReport: (job, { effect }) => {
      const trial = core.history.trials[job.trial]!;
      if (effect === "failed") meter?.countFailure();
      if (trial.status === "running") return;
      onTrial?.(trial);
      showProgress();
    },
  });
  const ending = endingOf(end === "finished" ? ended! : end, options);
  onEnd?.(ending);
  const [best] = bestOf<C>(core);
  if (best !== undefined) return best;
  throw nothingSucceeded(ending.rule, core.history.trials);
}

const readOptions = optionReader<OptimizeOptions<never>>("optimize", {
  trials: anything,
  maxSeconds: anything,
  patience,
  workers: anything,
  timeoutSeconds: anything,
  maxConsecutiveFailures: anything,
  clock: withMethods("nowMs", "after"),
  signal: withMethods("addEventListener", "removeEventListener"),
  finishSignal: withMethods("addEventListener", "removeEventListener"),
  onTrial: func,
  onProgress: func,
  onEnd: func,
  onNotice: func,
});

/** Without a limit most strategies would never end. */
function checkLimits({ trials, maxSeconds, patience, clock }: OptimizeOptions<never>): void {
  const refuse = (what: string, expected: string, got: unknown, remedy: string): never => {
    throw new ConfigError({ code: "badOption", what: `option ${what} of optimize`, expected, got: show(got), remedy });
  };
  const isLimited = maxSeconds !== undefined || patience !== undefined;
  if (!(trials === undefined ? isLimited : Number.isInteger(trials) && trials >= 1))
    refuse("trials", "a whole number from 1", trials, "Say how many trials may start, or pass maxSeconds or patience.");
  if (maxSeconds === undefined) return;
  if (!(Number.isFinite(maxSeconds) && maxSeconds > 0)) refuse("maxSeconds", "a positive number", maxSeconds, "Omit it for no limit.");
  if (clock === undefined) refuse("clock", "a clock with maxSeconds", clock, "Pass a clock.");
}
