/** The failures of a study in a sentence: what was thrown or went wrong, and how often. */
import { type DriveEnd, type FailureReason, StateError, type Trial } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";

const withoutText: { readonly [R in FailureReason]: string } = {
  threw: "threw",
  timeout: "out of time",
  lost: "lost",
  nonfinite: "numbers that are not finite",
  infeasible: "infeasible",
};

/**
 * The most frequent failures first, three at most; empty without a failure. Failures that differ in numbers only, such as that of the
 * trial, are one, with the text of the first.
 */
export function failureSummary(trials: readonly Trial[]): string {
  const kinds = new Map<string, string[]>();
  for (const { failure } of trials) {
    if (failure === undefined) continue;
    const text = failure.error ?? withoutText[failure.reason];
    const kind = text.replace(/\d+/g, "0");
    if (!kinds.get(kind)?.push(text)) kinds.set(kind, [text]);
  }
  const found = [...kinds.values()]
    .sort((a, b) => b.length - a.length)
    .map(({ 0: text, length }) => `${wholeSentences(text!)} (${counted(length, "trial")})`);
  if (found.length > 3) found.splice(3, found.length, counted(found.length - 3, "other error"));
  return found.length === 0 ? "" : `Failures: ${found.join("; ")}.`;
}

/** At most 300 characters, and no sentence that is cut, if the first one is not longer than that. */
function wholeSentences(text: string): string {
  return text.length > 300 ? text.slice(0, text.lastIndexOf(". ", 299) + 1 || 300) : text;
}

/** The error of a study without a best trial: what failed, and what to do about it. */
export function nothingSucceeded(end: DriveEnd, trials: readonly Trial[]): StateError {
  const remedies: { readonly [E in DriveEnd]?: string } = {
    failing: "Correct the objective, or pass maxConsecutiveFailures: null.",
    done: "Return finite numbers in time, and constraints of at most 0.",
  };
  return new StateError({
    code: "nothingSucceeded",
    what: "study",
    expected: "a feasible trial",
    got: `none in ${counted(trials.length, "trial")}`,
    remedy: `${failureSummary(trials)} ${remedies[end === "trials" ? "done" : end] ?? "Call optimize again to continue."}`.trimStart(),
  });
}
