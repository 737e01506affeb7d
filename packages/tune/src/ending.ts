/** How a call of `optimize` has ended. */
import type { DriveEnd } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";
import { type Advice, type OutlookLimits, outlookReason } from "./outlook.ts";

/**
 * The rule that ended a call of `optimize`, and a sentence about it.
 *
 * | rule | what happened |
 * |---|---|
 * | `trials` | `trials` have started and ended |
 * | `done` | the strategy has nothing left to try |
 * | `patience` | trials in a row gained nothing |
 * | `noGain` | the strategy expects no gain of further trials |
 * | `gainPerSecond` | the strategy expects too little for the time that a trial takes |
 * | `seconds` | `maxSeconds` were over |
 * | `finished` | `finishSignal` was aborted |
 * | `aborted` | `signal` was aborted |
 * | `failing` | `maxConsecutiveFailures` was reached |
 */
export type Ending = {
  readonly rule: DriveEnd | "patience" | "seconds" | Advice["rule"];
  readonly reason: string;
  /** When the rules that read the strategy's outlooks stopped the study, or would have. Absent if it has noted none. */
  readonly advice?: readonly Advice[];
};

/** The limits of a call that its ending may name. */
type NamedLimits = OutlookLimits & {
  readonly trials?: number;
  readonly maxSeconds?: number;
  readonly patience?: { readonly trials: number };
  readonly maxConsecutiveFailures?: number | null;
};

export function endingOf(rule: Ending["rule"], limits: NamedLimits, advice: Ending["advice"]): Ending {
  const { trials, maxSeconds, patience, maxConsecutiveFailures = 10 } = limits;
  const reasons = {
    trials: `The budget of ${counted(trials ?? 0, "trial")} is spent.`,
    done: "The strategy is done.",
    patience: `${inARow(patience?.trials)} gained nothing.`,
    noGain: outlookReason("noGain", limits),
    gainPerSecond: outlookReason("gainPerSecond", limits),
    seconds: `The time limit of ${counted(maxSeconds ?? 0, "second")} is over.`,
    finished: "finishSignal was aborted.",
    aborted: "signal was aborted.",
    failing: `${inARow(maxConsecutiveFailures)} failed.`,
  };
  return { rule, reason: reasons[rule], ...(advice && { advice }) };
}

function inARow(trials: number | null | undefined): string {
  return trials === 1 ? "The last trial" : `${trials} trials in a row`;
}
