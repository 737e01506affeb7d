/** Whether a stored study is opened with what it was made with, or with a larger space, to which it is then extended. */
import { ConfigError, type Json, type Problem, type Strategy } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { type StudySetup, setupChanges } from "@caviar-hpo/core/wire";
import { lackingIn } from "./widerSpace.ts";

/** How errors name a study; what makes another one, such as `open another folder`; and what gives that one the trials of the study. */
export type StudyPlace = { readonly what: string; readonly another: string; readonly warmStart: string };

/** @throws ConfigError "otherStudy" that lists what differs, if something but the space does. */
export function checkSameSetup(place: StudyPlace, stored: StudySetup, given: StudySetup): void {
  const { problem } = stored;
  if (setupChanges({ ...stored, problem: { ...problem, space: given.problem.space } }, given) === null) return;
  throw otherStudy(place, setupChanges(stored, given)!, "Open it with what it was made with.");
}

/**
 * Whether the study is to be extended from one space to another.
 *
 * @param problem that of the study now. @param extend whether the user wants this.
 * @throws ConfigError "otherStudy" for another space if the user does not want that, or if the study cannot be extended to it;
 * "ownPointsOnly" if its strategy takes no trials from elsewhere.
 */
export function isToBeExtended(
  place: StudyPlace,
  problem: Problem,
  given: StudySetup,
  { strategy, extend }: { readonly strategy: Strategy; readonly extend: boolean },
): boolean {
  if (sameJson(problem.space as Json, given.problem.space as Json)) return false;
  const changes = setupChanges({ ...given, problem }, given)!;
  const lacking = lackingIn(given.problem.space, problem.space).join(", ");
  if (lacking !== "")
    throw otherStudy(place, changes, `A study can only be extended to a space that holds its own. The new space lacks ${lacking}.`);
  if (!extend) throw otherStudy(place, changes, "To extend the study to the larger space, pass extend: true.");
  if (!strategy.can.external) throw ownPointsOnly(strategy.name, place);
  return true;
}

function otherStudy(
  { what, another, warmStart }: StudyPlace,
  changes: { readonly expected: string; readonly got: string },
  remedy: string,
): ConfigError {
  const forAnyOther = `For any other change, ${another} with warmStart: ${warmStart}.`;
  return new ConfigError({ code: "otherStudy", what, ...changes, remedy: `${remedy} ${forAnyOther}` });
}

function ownPointsOnly(strategy: string, { another }: StudyPlace): ConfigError {
  return new ConfigError({
    code: "ownPointsOnly",
    what: `strategy ${strategy}`,
    expected: "a strategy that takes trials which it did not propose",
    got: "one that takes its own trials only",
    remedy: `Such a study cannot be extended. For the larger space, ${another}.`,
  });
}
