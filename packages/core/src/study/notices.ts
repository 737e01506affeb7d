/** Notices about a strategy: its budget is so small that it is only a random search, or it ignores what it was given. */
import type { Notice } from "../contract/notice.ts";
import type { LeastTrials, Strategy } from "../contract/strategy.ts";
import type { Space } from "../space/param.ts";

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

/** A notice for the beliefs of the space, if the strategy does not use them, and one for each option that has no effect. */
export function ignoredBy({ name, can }: Strategy, { beliefs }: Space): readonly Notice[] {
  const notices = (can.ignores ?? []).map(
    (option): Notice => ({
      code: "optionIgnored",
      what: `option ${option} of ${name}`,
      message: "it has no effect together with the other options",
      remedy: "Omit it, or change the other options.",
    }),
  );
  if (beliefs === undefined || can.beliefs === true) return notices;
  const remedy = "Choose another strategy, such as bayesopt, tpe or priorBand, or omit the beliefs.";
  return [{ code: "beliefsIgnored", what: "beliefs", message: `the strategy ${name} does not use them`, remedy }, ...notices];
}
