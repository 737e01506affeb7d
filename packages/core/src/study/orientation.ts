/**
 * The two orientations of a value, and the one place that converts between them. Users, logs, snapshots and reports have values as each
 * objective's goal says: a maximised accuracy of 0.91 is 0.91. Strategies have all of them such that less is better. Constraints, variances
 * and standard deviations are the same in both.
 */
import type { Problem } from "../contract/problem.ts";
import type { Prediction } from "../contract/strategy.ts";
import type { Job, Measurement } from "../contract/trial.ts";
import type { Event } from "./events.ts";

/**
 * Each function converts one way and the other alike, and never gives -0. Where no objective is maximised, all of them return what they are
 * given, and `problem` is the user's.
 */
export type Orientation = {
  /** Whether any objective is maximised. */
  readonly converts: boolean;
  /** The problem as strategies see it: the same objectives, all of them to be minimised. */
  readonly problem: Problem;
  /** One value per objective. */
  values(values: readonly number[]): readonly number[];
  measurement(measurement: Measurement): Measurement;
  jobs(jobs: readonly Job[]): readonly Job[];
  event(event: Event): Event;
  /** A model's view of some configurations, by the first objective. */
  prediction(prediction: Prediction): Prediction;
};

export function orientationOf(problem: Problem): Orientation {
  const maximised = problem.objectives.map(({ goal }) => goal === "maximize");
  return maximised.includes(true) ? turning(problem, maximised) : standing(problem);
}

function standing(problem: Problem): Orientation {
  const same = <T>(value: T): T => value;
  return { converts: false, problem, values: same, measurement: same, jobs: same, event: same, prediction: same };
}

function turning(problem: Problem, maximised: readonly boolean[]): Orientation {
  const values = (given: readonly number[]): readonly number[] => given.map((value, index) => (maximised[index] ? negative(value) : value));
  const measurement = (given: Measurement): Measurement => ({ ...given, values: values(given.values) });
  const job = (given: Job): Job => {
    const { prediction } = given;
    return prediction === undefined ? given : { ...given, prediction: { mean: values(prediction.mean), sd: prediction.sd } };
  };
  const jobs = (given: readonly Job[]): readonly Job[] => given.map(job);
  return {
    converts: true,
    problem: { ...problem, objectives: problem.objectives.map(({ name }) => ({ name, goal: "minimize" })) },
    values,
    measurement,
    jobs,
    event: (event) => {
      switch (event.kind) {
        case "asked":
          return { ...event, jobs: jobs(event.jobs) };
        case "told":
          return { ...event, measurement: measurement(event.measurement) };
        case "observed":
          return withMeasurements(event, measurement);
        case "failed":
        case "enqueued":
          return event;
      }
    },
    prediction: (given) => (maximised[0] ? { mean: given.mean.map(negative), sd: given.sd } : given),
  };
}

/** The event with other measurements. */
export function withMeasurements(
  event: Event & { readonly kind: "observed" },
  change: (measurement: Measurement) => Measurement,
): Event & { readonly kind: "observed" } {
  const { measurement, curve } = event;
  return { ...event, ...(measurement && { measurement: change(measurement) }), ...(curve && { curve: curve.map(change) }) };
}

/** 0 stays 0. */
function negative(value: number): number {
  return 0 - value;
}
