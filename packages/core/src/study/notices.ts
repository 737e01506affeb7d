/** The notice that the budget is so small that a strategy is only a random search. */
import type { Notice } from "../contract/notice.ts";
import type { LeastTrials } from "../contract/strategy.ts";

/**
 * The notice, or null if the budget is large enough.
 *
 * @param trials the budget.
 * @param observed how many trials of the history were observed.
 */
export function fewTrials(name: string, least: LeastTrials | null, trials: number, observed: number): Notice | null {
  if (least === null || trials + (least.observed ? observed : 0) >= least.trials) return null;
  const { because, remedy } = least;
  return { code: "fewTrials", what: `trials of ${name}`, message: `${trials} are too few, because ${because}`, remedy };
}
