/** What runs a job: an evaluation, what it is given, and what it returns. */
import { ProtocolError } from "../contract/errors.ts";
import type { Told } from "../contract/measurement.ts";
import type { Job } from "../contract/trial.ts";
import { show } from "../text/show.ts";
import type { Signal } from "./signal.ts";

/** What an evaluation is given together with its job. */
export type Workbench = {
  /** Aborted when the job ends before its evaluation does: stopped, paused, out of time, failed, or the whole loop ends early. */
  readonly signal: Signal;
  /**
   * Reports a fidelity below the job's end; false once the job has ended and nothing more is wanted. A job that was interrupted and runs
   * again may pass through what it had reported.
   *
   * @throws ProtocolError for a report that the study refuses: a fidelity twice, a wrong count of values.
   */
  measure(told: Told & { readonly fidelity: number }): boolean;
};

/** The measurement at the job's end, or a statement that this configuration cannot be measured. */
export type Evaluated = Told | { readonly infeasible: true };
export type Evaluate = (job: Job, workbench: Workbench) => Evaluated | Promise<Evaluated>;

/** Whether `value` is a promise, or any other object with a method `then`. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** @throws ProtocolError for a result that is no object. */
export function checkResult(result: Evaluated): void {
  if (typeof result === "object" && result !== null) return;
  throw new ProtocolError({
    code: "badMeasurement",
    what: "result of an evaluation",
    expected: "{ values } or { infeasible: true }",
    got: show(result),
    remedy: "Return the values measured at the end of the job.",
  });
}
