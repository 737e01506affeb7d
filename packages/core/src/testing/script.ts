/**
 * Scripts: what may happen to a study, as a list of steps that makes sense for every strategy and problem. A step names jobs by their
 * position among the running or ended jobs at that moment. So a shortened script still makes sense.
 */
import fc from "fast-check";
import type { FailureReason } from "../contract/trial.ts";
import { failureReasons } from "./failurePatterns.ts";
import { values } from "./values.ts";

/** One step of a script. */
export type Step =
  | { readonly do: "ask"; readonly want: number; readonly starts?: number; readonly finish?: boolean }
  /** A running job measures: at its end, at its next milestone, or one whole step (half the way) further. */
  | {
      readonly do: "report";
      readonly job: number;
      readonly at: "end" | "milestone" | "between";
      readonly value: number;
      readonly constraint: number;
    }
  | { readonly do: "fail"; readonly job: number; readonly reason: FailureReason }
  /** An ended job says again how it ended. */
  | { readonly do: "repeat"; readonly job: number }
  /** An ended job says something else. */
  | { readonly do: "contradict"; readonly job: number; readonly value: number }
  /** A job that was never handed out reports. */
  | { readonly do: "unknown"; readonly ahead: number }
  /** A running job reports a fidelity that it has passed, or never reaches. */
  | { readonly do: "stray"; readonly job: number; readonly beyond: boolean }
  /** The bits of `without` name parameters that the configuration leaves out. */
  | { readonly do: "enqueue"; readonly at: number; readonly without: number }
  /** A trial from elsewhere: with one measurement or two, failed, or running. */
  | {
      readonly do: "observe";
      readonly at: number;
      readonly value: number;
      readonly as: "finished" | "curve" | "failed" | "running";
      readonly reason: FailureReason;
    }
  /**
   * A crash. log: the log is replayed, with a new strategy. state: a new strategy continues from the text of the state. copy: the study
   * continues, after a copy of it was asked for more and has lost a job.
   */
  | { readonly do: "restart"; readonly by: "log" | "state" | "copy" };

/** What happens to a study, step by step. */
export type Script = readonly Step[];

/** Scripts of up to `length` steps. Most of the steps are asks and reports. */
export function scripts(length: number): fc.Arbitrary<Script> {
  const job = fc.nat({ max: 20 });
  const value = values();
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant("ask" as const), want: fc.nat({ max: 8 }) }) },
    {
      weight: 14,
      arbitrary: fc.record({
        do: fc.constant("report" as const),
        job,
        at: fc.constantFrom("end" as const, "end" as const, "milestone" as const, "between" as const),
        value,
        constraint: fc.constantFrom(-1, 0, 1),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("fail" as const), job, reason: fc.constantFrom(...failureReasons) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("repeat" as const), job }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("contradict" as const), job, value }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("unknown" as const), ahead: fc.nat({ max: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("stray" as const), job, beyond: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("enqueue" as const), at: unit, without: fc.oneof(fc.constant(0), fc.nat({ max: 255 })) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("observe" as const),
        at: unit,
        value,
        as: fc.constantFrom("finished" as const, "curve" as const, "failed" as const, "running" as const),
        reason: fc.constantFrom(...failureReasons),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("restart" as const), by: fc.constantFrom("log" as const, "state" as const, "copy" as const) }),
    },
  );
  return fc.array(step, { minLength: 1, maxLength: length, size: "max" });
}

/**
 * The script with bounds on the new trials of its asks, in turn; null bounds nothing. Every second ask without new trials is to finish what
 * there is.
 */
export function bounded(script: Script, bounds: readonly (number | null)[]): Script {
  return script.map((step, index) => {
    const starts = bounds[index % bounds.length] ?? null;
    return step.do === "ask" && starts !== null ? { ...step, starts, finish: starts === 0 && step.want % 2 === 1 } : step;
  });
}

/** The script with the negative of every value. */
export function negatives(script: Script): Script {
  return script.map((step) => ("value" in step ? { ...step, value: -step.value } : step));
}

export function boundsOnStarts(): fc.Arbitrary<readonly (number | null)[]> {
  return fc.array(fc.option(fc.nat({ max: 2 })), { minLength: 1, maxLength: 7 });
}
