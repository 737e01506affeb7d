/** One job of a drive loop, from its start until it ends: its evaluation, its time limit, and what it reports. */
import { ExternalError } from "../../contract/errors.ts";
import { settleFidelity } from "../../contract/fidelity.ts";
import type { Told } from "../../contract/measurement.ts";
import type { FailureReason, Job } from "../../contract/trial.ts";
import type { Heard } from "../../study/report.ts";
import { checkResult, type Evaluated, isPromise } from "../evaluation.ts";
import { createAbort } from "../signal.ts";
import { attempt, heed, isRunning, type Loop, nextTurn } from "./loop.ts";
import { synchronousNotice } from "./notices.ts";

/** A job at work. */
type Work = {
  readonly loop: Loop;
  readonly job: Job;
  readonly controller: ReturnType<typeof createAbort>;
  startedMs: number;
  cancelTimeout(): void;
};

/** @param reported the fidelity that an earlier run of the same job reported last, minus infinity before any. */
export function begin(loop: Loop, job: Job, reported: number): void {
  const { clock } = loop.settings;
  const work: Work = { loop, job, controller: createAbort(), startedMs: clock.nowMs(), cancelTimeout: () => {} };
  loop.active.set(job.id, { abort: () => abort(work), lose: () => fail(work, "lost", during) });
  evaluate(work, reported)
    .catch((thrown: unknown) => {
      const lost = thrown instanceof ExternalError && thrown.code === "lost";
      fail(work, lost ? "lost" : "threw", { evaluated: true, thrown });
    })
    .catch(loop.crash);
}

/** The evaluation starts in a turn of its own, so that it never runs within the call that asked for its job. Its time begins there. */
async function evaluate(work: Work, reported: number): Promise<void> {
  const { loop, job, controller } = work;
  await nextTurn(loop);
  if (!isActive(work)) return;
  startTime(work);
  const evaluated = loop.evaluate(job, {
    signal: controller.signal,
    measure: (told) =>
      settleFidelity(loop.study.problem, told.fidelity, [reported]) <= reported ? isActive(work) : tell(work, told, during),
  });
  if (!isPromise(evaluated)) giveNotice(loop);
  settle(work, await evaluated);
}

function startTime(work: Work): void {
  const { loop } = work;
  const { clock, timeoutSeconds } = loop.settings;
  work.startedMs = clock.nowMs();
  if (timeoutSeconds === undefined) return;
  work.cancelTimeout = clock.after(timeoutSeconds * 1000, () => attempt(loop, () => fail(work, "timeout", during)));
}

function giveNotice(loop: Loop): void {
  const notice = synchronousNotice(loop.settings);
  if (notice !== null) attempt(loop, () => loop.settings.onNotice(notice));
}

function settle(work: Work, result: Evaluated): void {
  checkResult(result);
  const infeasible = "infeasible" in result && result.infeasible;
  if (infeasible) fail(work, "infeasible", after);
  else tell(work, { ...feasibleOf(result as Told), fidelity: work.job.until }, after);
}

/** Without `infeasible: false`, which says no more than its values do. */
function feasibleOf(result: Told & { readonly infeasible?: unknown }): Told {
  if (!("infeasible" in result)) return result;
  const { infeasible: _said, ...told } = result;
  return told;
}

/** Whether the evaluation has returned or thrown when its job reports, and what it threw. */
type Moment = { readonly evaluated: boolean; readonly thrown: unknown };

const during: Moment = { evaluated: false, thrown: null };
const after: Moment = { evaluated: true, thrown: null };

function tell(work: Work, told: Told, moment: Moment): boolean {
  const { loop, job } = work;
  return report(work, moment, () => loop.study.tell(job.id, { costSeconds: costSeconds(work), ...told }, loop.settings.clock.nowMs()));
}

function fail(work: Work, reason: FailureReason, moment: Moment): boolean {
  const { loop, job } = work;
  return report(work, moment, () => loop.study.fail(job.id, reason, { costSeconds: costSeconds(work) }, loop.settings.clock.nowMs()));
}

/**
 * Whether the job is still at work after the report. What the study refuses is thrown to the evaluation that reported; what breaks the
 * study ends the loop.
 */
function report(work: Work, { evaluated, thrown }: Moment, say: () => Heard): boolean {
  const { loop, job } = work;
  if (loop.phase === "ended" || !isActive(work)) return false;
  let heard: Heard;
  try {
    heard = say();
  } catch (error) {
    if (!loop.study.closed) throw error;
    loop.crash(error);
    return false;
  }
  attempt(loop, () => {
    const before = loop.active.size;
    if (!isRunning(loop, job)) (evaluated ? leave : abort)(work);
    heed(loop, heard.directives);
    loop.settings.onReport(job, heard, thrown);
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

function costSeconds({ loop, startedMs }: Work): number {
  const seconds = (loop.settings.clock.nowMs() - startedMs) / 1000;
  // A clock may be broken, and no decision depends on it.
  return seconds > 0 && seconds < Infinity ? seconds : 0;
}
