/** How a call of `optimize` has ended. */
import type { DriveEnd } from "@caviar-hpo/core";

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

/** The limits of a call that its ending may name. */
type NamedLimits = {
  readonly trials?: number;
  readonly maxSeconds?: number;
  readonly patience?: { readonly trials: number };
  readonly maxConsecutiveFailures?: number | null;
};

export function endingOf(rule: Ending["rule"], { trials, maxSeconds, patience, maxConsecutiveFailures = 10 }: NamedLimits): Ending {
  const reasons = {
    trials: `The budget of ${trials} trials is spent.`,
    done: "The strategy is done.",
    patience: `${patience?.trials} trials in a row gained nothing.`,
    seconds: `${maxSeconds} seconds are over.`,
    finished: "finishSignal was aborted.",
    aborted: "signal was aborted.",
    failing: `${maxConsecutiveFailures} trials in a row failed.`,
  };
  return { rule, reason: reasons[rule] };
}
