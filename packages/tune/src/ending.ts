/** How a call of `optimize` has ended. */
import { type DriveEnd, StateError, type Trial } from "@caviar-hpo/core";
import { failureSummary } from "./failures.ts";

/**
 * The rule that ended a call of `optimize`, and a sentence about it.
 *
 * | rule | what happened |
 * |---|---|
 * | `trials` | `trials` have started and ended |
 * | `done` | the strategy has nothing left to try |
 * | `patience` | trials in a row gained nothing |
 * | `seconds` | `maxSeconds` were over |
 * | `finished` | `finishSignal` was aborted |
 * | `aborted` | `signal` was aborted |
 * | `failing` | `maxConsecutiveFailures` was reached |
 */
export type Ending = { readonly rule: DriveEnd | "patience" | "seconds"; readonly reason: string };

type Limits = {
  readonly trials?: number;
  readonly maxSeconds?: number;
  readonly patience?: unknown;
  readonly maxConsecutiveFailures?: number | null;
};

/** @param limits the options of the call. */
export function endingOf(rule: Ending["rule"], { trials, maxSeconds, patience, maxConsecutiveFailures = 10 }: Limits): Ending {
  const reasons = {
    trials: `The budget of ${trials} trials is spent.`,
    done: "The strategy has nothing left to try.",
    patience: `${(patience as { trials: number } | undefined)?.trials} trials in a row gained nothing.`,
    seconds: `${maxSeconds} seconds are over.`,
    finished: "finishSignal was aborted.",
    aborted: "signal was aborted.",
    failing: `${maxConsecutiveFailures} trials in a row failed.`,
  };
  return { rule, reason: reasons[rule] };
}

/** The error of a study without a best trial: what failed, and what to do about it. */
export function nothingSucceeded(rule: Ending["rule"], trials: readonly Trial[]): StateError {
  const goOn = "Call optimize again to continue.";
  const correct = "Return finite numbers in time, and constraints of at most 0.";
  const advice = {
    aborted: goOn,
    finished: goOn,
    seconds: goOn,
    failing: "Correct the objective, or pass maxConsecutiveFailures: null.",
    done: correct,
    trials: correct,
    patience: correct,
  };
  return new StateError({
    code: "nothingSucceeded",
    what: "study",
    expected: "at least one feasible trial",
    got: `${trials.length} trials, none of them`,
    remedy: `${failureSummary(trials)} ${advice[rule]}`.trimStart(),
  });
}
