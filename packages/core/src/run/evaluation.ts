/** Evaluations: what they get, and what they return. */
import { ProtocolError } from "../contract/errors.ts";
import type { Told } from "../contract/measurement.ts";
import type { Job } from "../contract/trial.ts";
import { show } from "../text/show.ts";
import type { Signal } from "./signal.ts";

/** What an evaluation gets together with its job. */
export type Workbench = {
  /**
   * Aborted if the job ends before its evaluation does: because it was stopped or paused, ran out of time or failed, or because the loop
   * ended early.
   */
  readonly signal: Signal;
  /**
   * Reports a fidelity below the end of the job. It returns false if the job has ended, and then no more reports are needed. A job that was
   * interrupted and runs again may report the same fidelities again.
   *
   * @throws ProtocolError for a report that the study refuses: a fidelity twice, or a wrong number of values.
   */
  measure(told: Told & { readonly fidelity: number }): boolean;
};

/** The measurement at the end of the job, or a statement that this configuration cannot be measured. */
export type Evaluated = Told | { readonly infeasible: true };
/** Evaluates a job. */
export type Evaluate = (job: Job, workbench: Workbench) => Evaluated | Promise<Evaluated>;

/** Whether `value` is a promise, or any other object with a method `then`. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return "then" in Object(value) && typeof (value as { readonly then: unknown }).then === "function";
}

/** @throws ProtocolError for a result that is no object. */
export function checkResult(result: Evaluated): void {
  if (typeof result === "object" && result !== null) return;
  throw new ProtocolError({
    code: "badMeasurement",
    what: "result of an evaluation",
    expected: "{ values } or { infeasible: true }",
    got: show(result),
    remedy: "Return what was measured.",
  });
}
