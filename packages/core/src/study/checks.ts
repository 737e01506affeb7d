/** What a study refuses: a strategy that cannot serve the problem, a bad option of `ask`, a report that fits no job. */

import { ProtocolError, StateError } from "../contract/errors.ts";
import { unsuitable } from "../contract/findCard.ts";
import type { JobId } from "../contract/ids.ts";
import type { Problem } from "../contract/problem.ts";
import type { Strategy } from "../contract/strategy.ts";
import type { FailureReason, Job } from "../contract/trial.ts";
import { reject } from "../read/refuse.ts";
import { counted } from "../text/counted.ts";
import { show } from "../text/show.ts";
import { oneLine } from "../text/thrownText.ts";
import type { JobOutcome, Ledger } from "./ledger.ts";

export function checkOpen(closed: boolean): void {
  if (!closed) return;
  throw new StateError({
    code: "brokenStudy",
    what: "study",
    expected: "an open study",
    got: "one that is busy, or that threw",
    remedy: "Replay its log into a new study.",
  });
}

export function checkServes(problem: Problem, { name, can }: Strategy): void {
  const lacks = (expected: string, got: string): never =>
    unsuitable(name, expected, got, "Choose another strategy, or simplify the problem.");
  const { length } = problem.objectives;
  if (length > can.objectives) lacks(`at most ${counted(can.objectives, "objective")}`, `${length}`);
  const without = (thing: string, what: string): never => lacks(`a ${thing} without ${what}`, `a ${thing} with ${what}`);
  if (problem.constraints.length > 0 && !can.constraints) without("problem", "constraints");
  if (!can.conditional && problem.space.params.some(([, param]) => param.kind === "given")) without("space", "conditional parameters");
}

/** Configurations that are enqueued or observed are points that the strategy did not propose. */
export function checkExternal({ name, can }: Strategy): void {
  const remedy = "Choose another strategy.";
  if (!can.external) unsuitable(name, "no points from outside", "one", remedy);
}

/** @param most the largest number; Infinity where the option may be Infinity. */
export function checkCount(option: "want" | "starts" | "trials", count: number, most: number): void {
  if (count === most || (Number.isInteger(count) && count >= 0 && count < most)) return;
  throw new ProtocolError({
    code: "badWant",
    what: `option ${option} of ask`,
    expected: `a whole number from 0 to ${most}`,
    got: show(count),
    remedy: "Correct it, or omit it.",
  });
}

export function checkKnown(ledger: Ledger, id: JobId): JobOutcome | undefined {
  if (Number.isInteger(id) && id >= 0 && id < ledger.jobs) return ledger.outcome(id);
  throw new ProtocolError({
    code: "unknownJob",
    what: "report",
    expected: `a job of this study, which has had ${counted(ledger.jobs, "job")} so far`,
    got: show(id),
    remedy: "Report the id that ask returned.",
  });
}

const reasons: readonly FailureReason[] = ["threw", "timeout", "lost", "nonfinite", "infeasible"];

export function checkReason(reason: FailureReason): void {
  if (reasons.includes(reason)) return;
  throw new ProtocolError({
    code: "unknownReason",
    what: "failure reason",
    expected: `one of ${reasons.join(", ")}`,
    got: show(reason),
    remedy: "Name one of them.",
  });
}

/** The error of a failure as one line; the empty text if there is none. */
export function checkError(error: string | undefined): string {
  if (error === undefined || typeof error === "string") return oneLine(error ?? "");
  return reject("error of a failure", "a text", error);
}

/** A job reports each fidelity once, ascending, from where it started to where it ends. */
export function checkFidelity(ledger: Ledger, job: Job, fidelity: number): void {
  const reached = ledger.progress(job.id);
  if (fidelity <= reached || fidelity > job.until)
    refuseFidelity(`fidelity of job ${job.id}`, `a number in (${reached}, ${job.until}]`, fidelity);
}

/**
 * A reported fidelity lies between 0 and `most`. For a running job, `most` is the fidelity at which it ends. Otherwise it is the maximum of
 * the problem.
 */
export function checkReached({ fidelity: range }: Problem, what: string, fidelity: number, most: number = range?.max ?? 1): void {
  const whole = range?.whole === true;
  if (typeof fidelity === "number" && fidelity >= 0 && fidelity <= most && (!whole || Number.isInteger(fidelity))) return;
  refuseFidelity(what, `a ${whole ? "whole " : ""}number in [0, ${most}]`, fidelity);
}

export function refuseFidelity(what: string, expected: string, fidelity: number): never {
  throw new ProtocolError({
    code: "badFidelity",
    what,
    expected,
    got: show(fidelity),
    remedy: "Report each fidelity once, in ascending order.",
  });
}
