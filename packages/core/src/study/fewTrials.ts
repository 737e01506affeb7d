/** The notice about a budget with which a strategy is no more than a search at random. */
import type { Notice } from "../contract/notice.ts";
import type { LeastTrials } from "../contract/strategy.ts";

/** @param trials the budget. @param observed how many trials the history has from elsewhere. */
export function fewTrials(name: string, least: LeastTrials | null, trials: number, observed: number): Notice | null {
  if (least === null || trials + (least.observed ? observed : 0) >= least.trials) return null;
  const { because, remedy } = least;
  return { code: "fewTrials", what: `trials of ${name}`, message: `${trials} are too few, because ${because}`, remedy };
}
