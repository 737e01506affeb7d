/** What happens at a moment of the agenda: a job reports at its next milestone, or its worker breaks. */
import type { Told } from "../../contract/measurement.ts";
import type { FailureReason } from "../../contract/trial.ts";
import type { Heard } from "../../study/report.ts";
import { type Run, reached } from "./run.ts";
import { schedule } from "./schedule.ts";
import { advance, leave, reportedFidelity, type State } from "./state.ts";

/**
 * A job has reached its next milestone and reports there.
 *
 * @throws ProtocolError for a measurement that the study refuses; whatever the world's `evaluate` throws.
 */
export function report(state: State, run: Run): void {
  const { study, account, leaders } = state;
  const { job } = run;
  const fidelity = job.milestones[run.next]!;
  const before = reportedFidelity(study, job);
  const heard = tellResult(state, run, fidelity);
  account.report(run.fidelity, fidelity, before);
  advance(state, run, fidelity);
  run.reportedAt = state.now;
  run.next++;
  const { status, curve } = study.history.trials[job.trial]!;
  if (heard.effect === "accepted" && fidelity > before) leaders.note(job.trial, curve.at(-1)!);
  if (status === "running") schedule(state, run);
  else leave(state, run);
  heed(state, heard.directives);
}

/** The worker is lost, or the job's time is up: the job fails where it is. */
export function breakDown(state: State, run: Run): void {
  breakOff(state, run);
  heed(state, fail(state, run, run.breaksBy, run.fidelity).directives);
}

/** Ends a job that reports no more; what it trained since its last report is wasted. */
export function breakOff(state: State, run: Run): void {
  const fidelity = reached(run, state.now, state.whole);
  state.account.waste(run.fidelity, fidelity);
  advance(state, run, fidelity);
  leave(state, run);
}

/** Ends the jobs that the strategy stops or pauses. */
export function heed(state: State, directives: Heard["directives"]): void {
  for (const directive of directives) {
    const run = directive.kind === "discard" ? undefined : state.active.get(directive.job);
    if (run !== undefined) breakOff(state, run);
  }
}

function tellResult(state: State, run: Run, fidelity: number): Heard {
  const { study, world, account, now } = state;
  const result = world.evaluate(run.job, fidelity, run.key, account.total + (fidelity - run.fidelity));
  if ("infeasible" in result && result.infeasible) return fail(state, run, "infeasible", fidelity);
  return study.tell(run.job.id, toldAt(fidelity, now - run.startedAt, result as Told), now * 1000);
}

function fail({ study, now }: State, run: Run, reason: FailureReason, fidelity: number): Heard {
  return study.fail(run.job.id, reason, { fidelity, costSeconds: now - run.startedAt }, now * 1000);
}

/** A measurement without its rare parts is passed on in a literal of its own: copying it with a spread takes several times as long. */
function toldAt(fidelity: number, costSeconds: number, told: Told): Told {
  if (told.constraints !== undefined || told.variance !== undefined) return { costSeconds, ...told, fidelity };
  return { fidelity, values: told.values, costSeconds: told.costSeconds ?? costSeconds };
}
