/** One job of a drive loop, from its start until it ends: its evaluation, its time limit, and what it reports. */
import { ExternalError } from "../../contract/errors.ts";
import { settleFidelity } from "../../contract/fidelity.ts";
import type { Told } from "../../contract/measurement.ts";
import type { Notice } from "../../contract/notice.ts";
import type { FailureReason, Job } from "../../contract/trial.ts";
import { func, number } from "../../read/decode.ts";
import { configRoot } from "../../read/path.ts";
import { isList } from "../../read/snapshot.ts";
import type { Heard } from "../../study/report.ts";
import { show } from "../../text/show.ts";
import { thrownText } from "../../text/thrownText.ts";
import { checkResult, type Evaluated, isPromise } from "../evaluation.ts";
import { createAbort } from "../signal.ts";
import { attempt, countFailure, heed, isRunning, type Loop, nextTurn } from "./loop.ts";
import { secondEndNotice, synchronousNotice } from "./notices.ts";

/** A job at work. `ended`: it has measured its end, so that what its evaluation says afterwards does not count. */
type Work = {
  readonly loop: Loop;
  readonly job: Job;
  readonly controller: ReturnType<typeof createAbort>;
  startedMs: number;
  ended: boolean;
  cancelTimeout(): void;
};

/** @param reported the fidelity that an earlier run of the same job reported last, minus infinity before any. */
export function begin(loop: Loop, job: Job, reported: number): void {
  const { clock } = loop.settings;
  const work: Work = { loop, job, controller: createAbort(), startedMs: clock.nowMs(), ended: false, cancelTimeout: () => {} };
  loop.active.set(job.id, { abort: () => abort(work), lose: () => fail(work, "lost", during) });
  evaluate(work, reported)
    .catch((thrown: unknown) => {
      const text = thrownText(thrown);
      if (work.ended) giveNotice(loop, secondEndNotice(job, `threw ${show(text)}`));
      fail(work, reasonOf(thrown), { evaluated: true, thrown }, text);
    })
    .catch(loop.crash);
}

/** An evaluation that waits for a worker throws ExternalError with the code "lost" or "timeout". */
function reasonOf(thrown: unknown): FailureReason {
  try {
    if (thrown instanceof ExternalError && ["lost", "timeout"].includes(thrown.code)) return thrown.code as FailureReason;
  } catch {
    // A proxy may throw whenever it is looked at.
  }
  return "threw";
}

/** The evaluation starts in a turn of its own, so that it never runs within the call that asked for its job. Its time begins there. */
async function evaluate(work: Work, reported: number): Promise<void> {
  const { loop, job, controller } = work;
  await nextTurn(loop);
  if (isActive(work)) attempt(loop, () => loop.settings.onStart?.(job));
  if (!isActive(work)) return;
  startTime(work);
  const evaluated = loop.evaluate(job, {
    signal: controller.signal,
    measure: (told) => measure(work, told, reported),
  });
  if (!isPromise(evaluated)) giveNotice(loop, synchronousNotice(loop.settings));
  settle(work, await evaluated);
}

function measure(work: Work, told: Told & { readonly fidelity: number }, reported: number): boolean {
  // The study would take a missing fidelity for the end of the job.
  const given = number(told?.fidelity, "fidelity of a measurement");
  const { until } = work.job;
  const fidelity = settleFidelity(work.loop.study.problem, given, [reported, until]);
  if (fidelity <= reported) return isActive(work);
  const isEnd = fidelity === until;
  if (isEnd) compareWithEnd(work, told);
  const atWork = isActive(work);
  const wanted = tell(work, told, during);
  work.ended ||= isEnd && atWork && !wanted;
  return wanted;
}

function startTime(work: Work): void {
  const { loop } = work;
  const { clock, timeoutSeconds } = loop.settings;
  work.startedMs = clock.nowMs();
  if (timeoutSeconds === undefined) return;
  attempt(loop, () => {
    const cancel = clock.after(timeoutSeconds * 1000, () => attempt(loop, () => fail(work, "timeout", during)));
    work.cancelTimeout = func(cancel, cancelPath);
  });
}

const cancelPath = configRoot("what `after` of the clock returns", "badOption");

function giveNotice(loop: Loop, notice: Notice | null): void {
  if (notice !== null) attempt(loop, () => loop.settings.onNotice(notice));
}

/** The first report of a job's end counts. A later one that says something else gives a notice. */
function compareWithEnd({ loop, job, ended }: Work, said: unknown): void {
  if (!ended) return;
  const measured = loop.study.history.trials[job.trial]!.curve.find(({ fidelity }) => fidelity === job.until);
  const { values, constraints = [] } = Object(said) as Partial<Told>;
  if (measured !== undefined && isSameList(measured.values, values) && isSameList(measured.constraints, constraints)) return;
  giveNotice(loop, secondEndNotice(job, `said ${isList(values) ? Array.from(values!.slice(0, 6), show).join(", ") : show(said)}`));
}

function isSameList(kept: readonly number[], again: unknown): boolean {
  return (
    isList(again) &&
    kept.length === (again as readonly unknown[]).length &&
    kept.every((value, index) => value === (again as readonly unknown[])[index])
  );
}

function settle(work: Work, result: Evaluated): void {
  compareWithEnd(work, result);
  checkResult(result);
  // `infeasible: false` says no more than the values do.
  const { infeasible, ...told } = result as Told & { readonly infeasible?: unknown };
  if (infeasible) fail(work, "infeasible", after);
  else tell(work, { ...told, fidelity: work.job.until }, after);
}

/** Whether the evaluation has returned or thrown when its job reports, and what it threw. */
type Moment = { readonly evaluated: boolean; readonly thrown: unknown };

const during: Moment = { evaluated: false, thrown: null };
const after: Moment = { evaluated: true, thrown: null };

function tell(work: Work, told: Told, moment: Moment): boolean {
  const { loop, job } = work;
  return report(work, moment, (costSeconds, atMs) => loop.study.tell(job.id, { costSeconds, ...told }, atMs));
}

/** @param error the text of what was thrown, empty if nothing was. */
function fail(work: Work, reason: FailureReason, moment: Moment, error = ""): boolean {
  const { loop, job } = work;
  return report(work, moment, (costSeconds, atMs) => loop.study.fail(job.id, reason, { costSeconds, error }, atMs));
}

/**
 * Whether the job is still at work after the report. What the study refuses is thrown to the evaluation that reported; what breaks the
 * study ends the loop.
 */
function report(work: Work, { evaluated, thrown }: Moment, say: (costSeconds: number, atMs: number) => Heard): boolean {
  const { loop, job } = work;
  if (loop.phase === "ended" || !isActive(work)) return false;
  let heard: Heard;
  try {
    const atMs = loop.settings.clock.nowMs();
    heard = say(costSeconds(work, atMs), atMs);
  } catch (error) {
    if (!loop.study.closed) throw error;
    loop.crash(error);
    return false;
  }
  attempt(loop, () => {
    const before = loop.active.size;
    if (!isRunning(loop, job)) (evaluated ? leave : abort)(work);
    heed(loop, heard.directives);
    loop.settings.onReport?.(job, heard, thrown);
    countFailure(loop, job, heard);
    if (loop.active.size < before) loop.refill();
  });
  return isActive(work);
}

function isActive({ loop, job }: Work): boolean {
  return loop.active.has(job.id);
}

function leave(work: Work): void {
  work.loop.active.delete(work.job.id);
  work.cancelTimeout();
}

function abort(work: Work): void {
  leave(work);
  work.controller.abort();
}

function costSeconds({ startedMs }: Work, atMs: number): number {
  const seconds = (atMs - startedMs) / 1000;
  // A clock may be broken, and no decision depends on it.
  return seconds > 0 && seconds < Infinity ? seconds : 0;
}
