/** The failures of a study in a sentence: what was thrown or went wrong, and how often. */
import { type DriveEnd, type FailureReason, StateError, type Trial } from "@caviar-hpo/core";

const withoutText: { readonly [R in FailureReason]: string } = {
  threw: "threw",
  timeout: "out of time",
  lost: "lost",
  nonfinite: "numbers that are not finite",
  infeasible: "infeasible",
};

/** The most frequent failures first, three at most; empty without a failure. */
export function failureSummary(trials: readonly Trial[]): string {
  const counts = new Map<string, number>();
  for (const { failure } of trials) {
    if (failure === undefined) continue;
    const text = (failure.error ?? withoutText[failure.reason]).slice(0, 300);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const found = [...counts].sort(([, a], [, b]) => b - a).map(([text, count]) => `${text} (${count} trial${count === 1 ? "" : "s"})`);
  if (found.length > 3) found.splice(3, found.length, `${found.length - 3} other errors`);
  return found.length === 0 ? "" : `Failures: ${found.join("; ")}.`;
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
    got: `${trials.length} trials, none of them`,
    remedy: `${failureSummary(trials)} ${remedies[end === "trials" ? "done" : end] ?? "Call optimize again to continue."}`.trimStart(),
  });
}
