/** Measurements as the study keeps them: complete and finite. */

import { show } from "../text/show.ts";
import { ProtocolError } from "./errors.ts";
import type { Problem } from "./problem.ts";
import type { Measurement } from "./trial.ts";

/** What a job reports. Defaults: `fidelity` is the end of the job, `constraints` is empty, `costSeconds` is 0. Values are the user's. */
export type Told = {
  readonly fidelity?: number;
  readonly values: readonly number[];
  readonly constraints?: readonly number[];
  readonly variance?: readonly number[];
  readonly costSeconds?: number;
};

/**
 * The measurement with its defaults, and with 0 for -0. Null if a value, constraint or variance is not finite.
 *
 * @throws ProtocolError for a wrong number of values, a negative variance, or a fidelity or cost that is not a number.
 */
export function measure(problem: Problem, told: Told, fidelity: number, milestones: readonly number[] | null): Measurement | null {
  const constraints = told.constraints ?? none;
  checkLength("values", told.values, problem.objectives.length);
  checkLength("constraints", constraints, problem.constraints.length);
  if (told.variance !== undefined) checkLength("variance", told.variance, problem.objectives.length);
  checkAmount("fidelity of a measurement", fidelity);
  checkAmount("costSeconds of a measurement", told.costSeconds ?? 0);
  if (!told.values.every(Number.isFinite) || !constraints.every(Number.isFinite)) return null;
  if (told.variance !== undefined && !told.variance.every(Number.isFinite)) return null;
  for (const value of told.variance ?? []) checkAmount("variance of a measurement", value);
  const values = told.values.map(positiveZero);
  const bounds = constraints.length === 0 ? none : constraints.map(positiveZero);
  const costSeconds = told.costSeconds ?? 0;
  const atMilestone = milestones?.includes(fidelity) ?? true;
  // Two literals, because a literal with an optional part in the middle takes several times as long.
  if (told.variance === undefined) return { fidelity, values, constraints: bounds, costSeconds, atMilestone };
  return { fidelity, values, constraints: bounds, variance: told.variance.map(positiveZero), costSeconds, atMilestone };
}

/** One list for all measurements without constraints. */
const none: readonly number[] = Object.freeze([]);

/** The wire would write -0 as an object. */
export function positiveZero(value: number): number {
  return value + 0;
}

function checkLength(what: string, values: readonly number[], length: number): void {
  if (Array.isArray(values) && values.length === length && values.every((value) => typeof value === "number")) return;
  throw new ProtocolError({
    code: "badMeasurement",
    what,
    expected: `${length} number${length === 1 ? "" : "s"}`,
    got: Array.isArray(values) ? showList(values) : show(values),
    remedy: "Report one number per objective or constraint of the problem.",
  });
}

/** Shows each element, so that a text that looks like a number has its quotes. */
function showList(values: readonly unknown[]): string {
  return `[${values.slice(0, 6).map(show).join(", ")}${values.length > 6 ? `, … ${values.length} in all` : ""}]`;
}

/** @throws ProtocolError unless `value` is a finite number, 0 or more. */
export function checkAmount(what: string, value: number): void {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return;
  throw new ProtocolError({
    code: "badNumber",
    what,
    expected: "a finite number, 0 or more",
    got: show(value),
    remedy: "Correct the number, or omit it if you do not know it.",
  });
}
