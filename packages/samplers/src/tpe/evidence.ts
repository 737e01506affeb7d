/**
 * What a study's trials say to a density model, and how they are ranked. Failed trials are the worst there are, unless they were lost, which
 * tells nothing about their configuration; then they count for what they had measured. A trial that runs on after a promotion counts for what
 * it has measured, and only one without any measurement is pending.
 */
import { type Config, type History, isFeasible, type Measurement, type Trial, type TrialId } from "@caviar/core";

/** Each by age. */
export type Evidence = { readonly measured: readonly Trial[]; readonly failed: readonly Trial[]; readonly pending: readonly Trial[] };

/** @param lost trials that failed through no fault of their own. */
export function evidenceOf({ trials }: History, lost: readonly TrialId[]): Evidence {
  const forgiven = new Set(lost);
  const measured: Trial[] = [];
  const failed: Trial[] = [];
  const pending: Trial[] = [];
  for (const trial of trials) {
    if (trial.status === "failed" && !forgiven.has(trial.id)) failed.push(trial);
    else if (trial.curve.length > 0) measured.push(trial);
    else if (trial.status === "running") pending.push(trial);
  }
  return { measured, failed, pending };
}

/** By what each has measured last: feasible ones first, of these the furthest trained, then the least value; infeasible ones by their violation. */
export function ranked(trials: readonly Trial[]): readonly Trial[] {
  return rankedBy(trials, (trial) => trial.curve[trial.curve.length - 1]!);
}

/** Those that were measured at a fidelity, by what they measured there. */
export function rankedAt(trials: readonly Trial[], fidelity: number): readonly Trial[] {
  const at = (trial: Trial): Measurement | undefined => trial.curve.find((measurement) => measurement.fidelity === fidelity);
  return rankedBy(
    trials.filter((trial) => at(trial) !== undefined),
    (trial) => at(trial)!,
  );
}

/** Oldest first: kernels are weighted by age. */
export function byAge(trials: readonly Trial[]): readonly Config[] {
  return [...trials].sort((a, b) => a.id - b.id).map((trial) => trial.config);
}

function rankedBy(trials: readonly Trial[], measurementOf: (trial: Trial) => Measurement): readonly Trial[] {
  return trials
    .map((trial) => ({ trial, measurement: measurementOf(trial), violation: violationOf(measurementOf(trial)) }))
    .sort(
      (a, b) =>
        compare(a.violation, b.violation) ||
        (a.violation > 0
          ? 0
          : b.measurement.fidelity - a.measurement.fidelity || compare(a.measurement.values[0]!, b.measurement.values[0]!)) ||
        a.trial.id - b.trial.id,
    )
    .map(({ trial }) => trial);
}

/** Differences of values may overflow, and infinite violations have none. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function violationOf(measurement: Measurement): number {
  if (isFeasible(measurement)) return 0;
  return measurement.constraints.reduce((sum, value) => sum + Math.max(0, value), 0);
}
