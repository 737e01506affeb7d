/** Trials from elsewhere, as users describe them, read into what the study of @caviar-hpo/core is told. */
import type { FailureReason, ObservedTrial, Told } from "@caviar-hpo/core";
import { array, number, picker, reject } from "@caviar-hpo/core/read";
import { type Result, toldBy } from "./result.ts";

/** A result and the fidelity at which it was measured. */
export type ResultAt = Exclude<Result, number> & { readonly fidelity: number };

/** A trial from elsewhere that has several measurements, or that has failed, or that still runs. */
export type Observation =
  | { readonly status?: "finished"; readonly measurements: readonly ResultAt[] }
  | {
      readonly status: "failed";
      /** "threw" by default. */
      readonly reason?: FailureReason;
      /** What it threw; nothing by default. */
      readonly error?: string;
      /** None by default. */
      readonly measurements?: readonly ResultAt[];
    }
  | {
      readonly status: "running";
      /** The fidelity at which it will finish; the highest one by default. */
      readonly until?: number;
      /** None by default. */
      readonly measurements?: readonly ResultAt[];
    };

/** What a result, or an observation with a result at each fidelity, says. The study judges the rest. */
export function observedBy(trial: Result | Observation, fidelity: number | undefined): Told | ObservedTrial {
  if (typeof trial === "number") return { values: [trial], fidelity } as Told;
  const { status, measurements, reason, error, until, ...result } = pickObservation(trial as GivenObservation, what);
  if (status === undefined && measurements === undefined) return { ...toldBy(result as Result), fidelity } as Told;
  if ((result.value ?? result.values ?? fidelity) !== undefined) reject(what, "a result, or a status with measurements", "both");
  const list = array(resultAt, Infinity)(measurements ?? [], `measurements of ${what}`);
  return { status, reason, error, until, measurements: list } as ObservedTrial;
}

const what = "observed trial";

function resultAt(given: unknown): Told {
  const { fidelity, ...result } = pickResultAt(given as GivenMeasurement, `measurement of ${what}`);
  return { ...toldBy(result as Result), fidelity: number(fidelity, `fidelity of a measurement of ${what}`) };
}

type GivenMeasurement = { readonly [name in "value" | "values" | "constraints" | "variance" | "costSeconds" | "fidelity"]?: unknown };
type GivenObservation = Omit<GivenMeasurement, "fidelity"> & {
  readonly [name in "status" | "measurements" | "reason" | "error" | "until"]?: unknown;
};

const pickResultAt = picker(
  ({ value, values, constraints, variance, costSeconds, fidelity }: GivenMeasurement) =>
    ({ value, values, constraints, variance, costSeconds, fidelity }) as GivenMeasurement,
);
const pickObservation = picker(
  ({ value, values, constraints, variance, costSeconds, status, measurements, reason, error, until }: GivenObservation) =>
    ({ value, values, constraints, variance, costSeconds, status, measurements, reason, error, until }) as GivenObservation,
);
