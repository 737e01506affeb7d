/** What a user says of a trial from elsewhere, read into what the study of @caviar-hpo/core observes. */
import type { FailureReason, ObservedTrial, Told } from "@caviar-hpo/core";
import { anything, array, number, picker, reject } from "@caviar-hpo/core/read";
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

/** A result, or an observation with a result at each fidelity. The study judges the rest. */
export function observedBy(trial: Result | Observation, fidelity: number | undefined): Told | ObservedTrial {
  if (typeof trial === "number") return { values: [trial], fidelity } as Told;
  const { status, measurements, reason, error, until, ...result } = pickObservation(trial as GivenObservation, what);
  if (status === undefined && measurements === undefined) return { ...toldBy(result as Result), fidelity } as Told;
  if ((result.value ?? result.values ?? fidelity) !== undefined) reject(what, "a result, or a status with measurements", "both");
  const list = measurements === undefined ? [] : array(anything, Infinity)(measurements, `measurements of ${what}`);
  const read = list.map((one) => {
    const { fidelity: reached, ...measured } = pickResultAt(one as GivenMeasurementAt, `measurement of ${what}`);
    return { ...toldBy(measured as Result), fidelity: number(reached, `fidelity of a measurement of ${what}`) };
  });
  return { status, reason, error, until, measurements: read } as ObservedTrial;
}

const what = "observed trial";

type GivenMeasurement = {
  readonly value?: unknown;
  readonly values?: unknown;
  readonly constraints?: unknown;
  readonly variance?: unknown;
  readonly costSeconds?: unknown;
};
type GivenMeasurementAt = GivenMeasurement & { readonly fidelity?: unknown };
type GivenObservation = GivenMeasurement & {
  readonly status?: unknown;
  readonly measurements?: unknown;
  readonly reason?: unknown;
  readonly error?: unknown;
  readonly until?: unknown;
};

const pickObservation = picker(
  ({ value, values, constraints, variance, costSeconds, status, measurements, reason, error, until }: GivenObservation) =>
    ({ value, values, constraints, variance, costSeconds, status, measurements, reason, error, until }) as GivenObservation,
);
const pickResultAt = picker(
  ({ value, values, constraints, variance, costSeconds, fidelity }: GivenMeasurementAt) =>
    ({ value, values, constraints, variance, costSeconds, fidelity }) as GivenMeasurementAt,
);
