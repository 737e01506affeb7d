/** `optimize` with all of its limits and reports: they watch the trials that `runTrials` runs. */
import type { Study } from "@caviar-hpo/core";
import { below, between, type Decoder, func, optionReader, optionsRoot, type Path, reject, whole } from "@caviar-hpo/core/read";
import type { Best } from "./best.ts";
import { type Ending, endingOf } from "./ending.ts";
import type { ObjectiveFunction } from "./objective.ts";
import { type Advice, adviceOn, type NoGain, noGain, outlookRule } from "./outlook.ts";
import { type Patience, patience, patienceOf } from "./patience.ts";
import { type Progress, progressMeter } from "./progress.ts";
import { repeated } from "./repetitions.ts";
import { bestAfter, checkTrials, type RunOptions, runFields, runTrials, type StudyParts } from "./runTrials.ts";

/** What `optimize` may spend, and how. It needs `trials` or another limit. The first limit that is reached ends the work. */
export type OptimizeOptions<C = unknown> = Omit<RunOptions, "trials"> & {
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
   * Ends the work once so many trials in a row have gained nothing, or not more than `minGain` (0 by default): then no job starts any more,
   * and the running ones end. No limit by default.
   */
  readonly patience?: number | Patience;
  /**
   * Ends the work once the strategy expects no gain: at its last three asks, all further trials together gained more than `minGain` with a
   * probability of at most `probability`. true stands for the defaults. No limit by default. Bayesian optimisation has such a model.
   */
  readonly noGain?: true | NoGain;
  /**
   * Ends the work once the strategy expects of no trial that it gains more than this per second, in the unit of the objective. Costs are
   * those of the results (`costSeconds`). At least 0; no limit by default.
   */
  readonly minGainPerSecond?: number;
  /**
   * How often each job measures its configuration, one time after the other: 1 to 1,000; 1 by default. The mean counts, and the strategy
   * gets its variance. A trial fails if one of its repetitions fails. `timeoutSeconds` is for all repetitions of a job together. A
   * resumable problem has no repetitions, because a checkpoint belongs to one of them.
   */
  readonly repetitions?: number;
  /** Called when the evaluation of a trial starts, and after each report that ended its trial, or paused it. */
  readonly onProgress?: (progress: Progress<C>) => void;
  /** Called once, when the work has ended, with the rule that ended it. */
  readonly onEnd?: (ending: Ending) => void;
};

/** Resolves to the best trial of the study. */
export async function optimize<C, M>(
  parts: StudyParts<M>,
  objective: ObjectiveFunction<C, M>,
  given: OptimizeOptions<C>,
): Promise<Best<C>> {
  const options = readOptions(given) as ReadOptions<C>;
  const { core } = parts;
  checkLimits(options, core);
  const { maxSeconds = Infinity, patience, noGain, minGainPerSecond, repetitions = 1, onProgress, onEnd, ...rest } = options;
  const outlookLimits = { ...(noGain && { noGain }), ...(minGainPerSecond !== undefined && { minGainPerSecond }) };
  const { clock, finishSignal, trials = Infinity } = rest;
  const startedMs = clock?.nowMs() ?? 0;
  const elapsedSeconds = (): number => Math.max(0, ((clock?.nowMs() ?? 0) - startedMs) / 1000) || 0;
  const outOfPatience = patience === undefined ? () => false : patienceOf(core, patience);
  const meter = progressMeter<C>(core, trials, maxSeconds, elapsedSeconds);
  const showProgress = (): void => onProgress?.(meter.read());
  let over: "patience" | "seconds" | Advice["rule"] | null = null;
  const end = await runTrials(
    parts,
    repetitions === 1 || typeof objective !== "function" ? objective : repeated(objective, repetitions, core.problem),
    {
      ...rest,
      trials,
      onTrial: (trial) => {
        if (trial.status === "failed") meter.countFailure();
        rest.onTrial?.(trial);
        showProgress();
      },
    },
    {
      enough: () => {
        if (over !== null || finishSignal?.aborted) return true;
        if (elapsedSeconds() >= maxSeconds) over = "seconds";
        else if (outOfPatience()) over = "patience";
        else over = outlookRule(core, outlookLimits);
        return over !== null;
      },
      onStart: showProgress,
    },
  );
  onEnd?.(endingOf(end === "finished" ? (over ?? end) : end, options, adviceOn(core, outlookLimits)));
  return bestAfter(parts, end);
}

/** The options of a call as they are read. */
type ReadOptions<C> = Omit<OptimizeOptions<C>, "patience" | "noGain"> & { readonly patience?: Patience; readonly noGain?: NoGain };

const positive: Decoder<number> = (value, path) => between(0, Infinity)(value, path) || reject(path, "a positive number", value);

const readOptions = optionReader<OptimizeOptions<never>>("optimize", {
  ...runFields,
  maxSeconds: positive,
  patience,
  noGain,
  minGainPerSecond: between(0, Infinity),
  repetitions: whole(1, 1000),
  onProgress: func,
  onEnd: func,
});

function checkLimits(options: ReadOptions<never>, { problem: { resumable }, outlooks, strategy }: Study): void {
  const { trials, maxSeconds, patience, repetitions = 1, clock } = options;
  const foreseeing = (["noGain", "minGainPerSecond"] as const).find((name) => options[name] !== undefined);
  if (trials !== undefined || (maxSeconds === undefined && patience === undefined && foreseeing === undefined)) checkTrials(trials);
  const at = (name: keyof OptimizeOptions): Path => below(optionsRoot("optimize"), name);
  if (maxSeconds !== undefined && clock === undefined) reject(at("clock"), "a clock with maxSeconds", clock, "Pass a clock.");
  if (foreseeing !== undefined && outlooks === null)
    reject(at(foreseeing), "a strategy that foresees gains", strategy.name, "Use bayesopt, or patience instead.");
  if (repetitions > 1 && resumable)
    reject(at("repetitions"), "1 in a resumable study", repetitions, "Leave it out: a checkpoint belongs to one repetition.");
}
