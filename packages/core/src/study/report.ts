/** Reports: what jobs measured, and that they failed. Each job ends once. Later reports of it change nothing. */

import { settleFidelity } from "../contract/fidelity.ts";
import type { JobId } from "../contract/ids.ts";
import { checkAmount, measure, readTold, type Told } from "../contract/measurement.ts";
import { sameJson } from "../contract/sameJson.ts";
import type { Directive } from "../contract/strategy.ts";
import type { FailureReason, Job, Measurement, Report } from "../contract/trial.ts";
import { picker } from "../read/pick.ts";
import { checkError, checkFidelity, checkKnown, checkOpen, checkReached, checkReason } from "./checks.ts";
import type { Event } from "./events.ts";
import { commit, contextOf, type Fold, guarded, keep, noteObserved } from "./fold.ts";
import { checkDirectives } from "./guard.ts";

/**
 * What a report did. "accepted": it counted. "failed": a value was not finite, so the job failed. "repeated": the same report came before,
 * and nothing changed. "late": the job had ended in another way, and nothing changed.
 */
export type Heard = { readonly effect: "accepted" | "failed" | "repeated" | "late"; readonly directives: readonly Directive[] };

/** A failed job and why. */
export type Failure = { readonly job: JobId; readonly reason: FailureReason; readonly details: FailureDetails };

/**
 * `fidelity` is where the job failed; by default the last fidelity that it reported, or the one from which it started. `costSeconds` is 0
 * by default. `error` is what was thrown, kept as one line of at most `limits.errorLength` UTF-16 units; nothing by default.
 */
export type FailureDetails = { readonly fidelity?: number; readonly costSeconds?: number; readonly error?: string };

export function tell(fold: Fold, id: JobId, given: Told, atMs: number): Heard {
  const { problem } = fold;
  const { user: ledger, orientation } = fold.books;
  checkOpen(fold.closed);
  checkKnown(ledger, id);
  const told = readTold(given);
  const job = ledger.running(id);
  const until = ledger.until(id);
  const fidelity = settleFidelity(problem, told.fidelity ?? until, job?.milestones ?? [until, problem.fidelity?.max ?? 1]);
  const measurement = measure(problem, told, fidelity, job?.milestones ?? null);
  checkReached(problem, "fidelity of a measurement", fidelity);
  if (job !== undefined) checkFidelity(ledger, job, fidelity);
  if (measurement === null) {
    const details = { fidelity, costSeconds: told.costSeconds ?? 0 };
    return fail(fold, { job: id, reason: "nonfinite", details }, atMs);
  }
  if (job === undefined) return tellEnded(fold, id, measurement, atMs);
  const last = fidelity >= job.until;
  const event = { kind: "told", job: id, measurement, last, directives: [], atMs } as const;
  if (ledger.knows(job.trial, fidelity)) {
    keep(fold, event);
    return { effect: "accepted", directives: [] };
  }
  const kind = last ? "finished" : "measured";
  return hear(fold, event, job, { kind, job: id, trial: job.trial, measurement: orientation.measurement(measurement) });
}

export function fail(fold: Fold, { job: id, reason, details }: Failure, atMs: number): Heard {
  const { problem } = fold;
  const { user: ledger } = fold.books;
  checkOpen(fold.closed);
  checkReason(reason);
  const outcome = checkKnown(ledger, id);
  const { fidelity: given = ledger.progress(id), costSeconds = 0, error } = readDetails(details, "failure");
  const most = outcome === undefined ? ledger.until(id) : (problem.fidelity?.max ?? 1);
  const fidelity = settleFidelity(problem, given, [most]);
  checkReached(problem, "fidelity of a failure", fidelity, most);
  checkAmount("costSeconds of a failure", costSeconds);
  const said = checkError(error);
  const event = { kind: "failed", job: id, reason, fidelity, costSeconds, ...(said && { error: said }), directives: [], atMs } as const;
  if (outcome !== undefined) return outcome.kind === "failed" && outcome.reason === reason ? repeated : late(fold, event);
  const job = ledger.running(id)!;
  return hear(fold, event, job, { kind: "failed", job: id, trial: job.trial, reason, fidelity, costSeconds });
}

const readDetails = picker(({ fidelity, costSeconds, error }: FailureDetails) => ({ fidelity, costSeconds, error }) as FailureDetails);

const repeated: Heard = Object.freeze({ effect: "repeated", directives: Object.freeze([]) });

/** A measurement of a job that has ended: the same as its last one, or late. */
function tellEnded(fold: Fold, id: JobId, measurement: Measurement, atMs: number): Heard {
  const outcome = fold.books.user.outcome(id);
  const finished = outcome?.kind === "finished" ? outcome.measurement : null;
  if (finished !== null && sameJson(finished, { ...measurement, atMilestone: finished.atMilestone })) return repeated;
  return late(fold, { kind: "told", job: id, measurement, last: true, directives: [], atMs });
}

function late(fold: Fold, event: Event): Heard {
  keep(fold, event);
  return { effect: "late", directives: [] };
}

/** A report on a running job: the strategy is told, values turned so that less is better, and answers with directives. */
function hear(fold: Fold, event: Event & { readonly kind: "told" | "failed" }, job: Job, report: Report): Heard {
  const { strategy, books } = fold;
  return guarded(fold, () => {
    books.apply(event);
    if (job.observed) noteObserved(fold, job.trial);
    const directives = job.observed ? [] : strategy.tell(fold.state, contextOf(fold), report);
    checkDirectives(strategy.name, books.user, directives, []);
    commit(fold, directives.length === 0 ? event : { ...event, directives });
    return { effect: event.kind === "failed" ? "failed" : "accepted", directives };
  });
}
