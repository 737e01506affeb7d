/** Measurements as the study stores them: complete and finite. */

import { picker } from "../read/pick.ts";
import { isList } from "../read/snapshot.ts";
import { counted } from "../text/counted.ts";
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

/** `atMilestone`: a `Measurement` of another study may be told as it is; whether it was at a milestone is found out again. */
const pickTold = /* @__PURE__ */ picker(
  ({ fidelity, values, constraints, variance, costSeconds, atMilestone }: Told & { readonly atMilestone?: boolean }) => ({
    fidelity,
    values,
    constraints,
    variance,
    costSeconds,
    atMilestone,
  }),
);

/** The members of a report, each read once. @throws ProtocolError for an unknown key, or what is no plain object. */
export function readTold(told: Told): Told {
  return pickTold(told, "measurement") as Told;
}

/**
 * The measurement with its defaults, and with 0 for -0. Null if a value, constraint or variance is not finite.
 *
 * @param told as `readTold` gives it.
 * @throws ProtocolError for a wrong number of values, a negative variance, or a fidelity or cost that is not a number.
 */
export function measure(problem: Problem, told: Told, fidelity: number, milestones: readonly number[] | null): Measurement | null {
  const costSeconds = told.costSeconds ?? 0;
  const values = numbers("values", told.values, problem.objectives.length);
  const constraints = numbers("constraints", told.constraints ?? none, problem.constraints.length);
  const variance = told.variance === undefined ? null : numbers("variance", told.variance, problem.objectives.length);
  checkAmount("fidelity of a measurement", fidelity);
  checkAmount("costSeconds of a measurement", costSeconds);
  if (!values.every(Number.isFinite) || !constraints.every(Number.isFinite)) return null;
  const atMilestone = milestones?.includes(fidelity) ?? true;
  // Two literals, because a literal with an optional part in the middle takes several times as long.
  if (variance === null) return { fidelity, values, constraints, costSeconds, atMilestone };
  if (!variance.every(Number.isFinite)) return null;
  for (const value of variance) checkAmount("variance of a measurement", value);
  return { fidelity, values, constraints, variance, costSeconds, atMilestone };
}

/** One list for all measurements without constraints. */
const none: readonly number[] = Object.freeze([]);

/** The wire would write -0 as an object. */
export function positiveZero(value: number): number {
  return value + 0;
}

/** A copy of a list of `length` numbers, -0 made 0. Each element is read once; a hole is no number. */
function numbers(what: string, list: readonly number[], length: number): readonly number[] {
  if (length === 0 && list === none) return none;
  try {
    const copy = copyOf(list, length);
    if (copy !== null) return length === 0 ? none : copy;
  } catch {
    // A proxy that throws is refused below, as all else that is no list of numbers.
  }
  throw new ProtocolError({
    code: "badMeasurement",
    what,
    expected: counted(length, "number"),
    got: isList(list) ? showList(list) : show(list),
    remedy: "Report one per objective or constraint.",
  });
}

function copyOf(list: readonly number[], length: number): readonly number[] | null {
  if (!Array.isArray(list) || list.length !== length) return null;
  // As large as its elements: a list that grows by `push` keeps room for more. `slice` of a subclass may return anything.
  const copy = new Array<number>(length);
  for (let index = 0; index < length; index++) {
    const value: unknown = list[index];
    if (typeof value !== "number") return null;
    copy[index] = positiveZero(value);
  }
  return copy;
}

/** Shows each element, so that a text that looks like a number has its quotes. */
function showList(list: readonly unknown[]): string {
  try {
    const first = Array.from(list.slice(0, 6), show);
    return `[${first.join(", ")}${list.length > 6 ? `, … ${list.length} in all` : ""}]`;
  } catch {
    return "a list that cannot be read";
  }
}

/** @throws ProtocolError unless `value` is a finite number, 0 or more. */
export function checkAmount(what: string, value: number): void {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return;
  throw new ProtocolError({
    code: "badNumber",
    what,
    expected: "a finite number, 0 or more",
    got: show(value),
    remedy: "Correct it, or omit it.",
  });
}
