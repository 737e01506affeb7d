/**
 * What a study's trials say to a density model, and how they are ranked. Failed trials are the worst there are, unless they were lost, which
 * tells nothing about their configuration; then they count for what they had measured. A trial that runs on after a promotion counts for what
 * it has measured, and only one without any measurement is pending.
 */
import { type Config, type History, type Measurement, rankTrials, type Trial, type TrialId } from "@caviar-hpo/core";

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

/** Best first, by what each has measured last. */
export function ranked(trials: readonly Trial[]): readonly Trial[] {
  return rankedBy(trials, (trial) => trial.curve[trial.curve.length - 1]!);
}

/** Those that were measured at a fidelity, best first by what they measured there. */
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
  const contestants = trials.map((one) => ({ trial: one.id, measurement: measurementOf(one), one }));
  return rankTrials(contestants).map(({ one }) => one);
}
