/** Measurements as the study keeps them: complete and finite. */

import { show } from "../text/show.ts";
import { ProtocolError } from "./errors.ts";
import type { Problem } from "./problem.ts";
import type { Measurement } from "./trial.ts";

/** What a job reports; `fidelity` defaults to the job's end, `constraints` to none, `costSeconds` to 0. Values are the user's. */
export type Told = {
  readonly fidelity?: number;
  readonly values: readonly number[];
  readonly constraints?: readonly number[];
  readonly variance?: readonly number[];
  readonly costSeconds?: number;
};

/**
 * The measurement in full, -0 made 0; null where a value, constraint or variance is not finite.
 *
 * @throws ProtocolError for a wrong count of numbers, a negative variance, a fidelity or cost that is no number.
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
  // Two literals, as one with an optional part in its middle takes several times as long to make.
  if (told.variance === undefined) return { fidelity, values, constraints: bounds, costSeconds, atMilestone };
  return { fidelity, values, constraints: bounds, variance: told.variance.map(positiveZero), costSeconds, atMilestone };
}

/** One list for all measurements without constraints. */
const none: readonly number[] = Object.freeze([]);

/** -0 would travel as an object on the wire. */
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
    remedy: "Report one number for each that the problem names.",
  });
}

/** With each element as it stands: a text that looks like a number is seen to be a text. */
function showList(values: readonly unknown[]): string {
  return `[${values.slice(0, 6).map(show).join(", ")}${values.length > 6 ? `, … ${values.length} in all` : ""}]`;
}

/** @throws ProtocolError unless `value` is a finite number that is not negative. */
export function checkAmount(what: string, value: number): void {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return;
  throw new ProtocolError({
    code: "badNumber",
    what,
    expected: "a finite number that is not negative",
    got: show(value),
    remedy: "Leave it out where it is not known.",
  });
}
