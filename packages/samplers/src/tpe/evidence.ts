/**
 * What the trials of a study tell a density model, and how they rank. Failed trials are the worst. A lost trial says nothing about its
 * configuration by its failure, so it counts by what it had measured. A promoted trial that runs again also counts by what it has measured.
 * Only a running trial without any measurement is pending.
 */
import type { Config, History, Measurement, Trial, TrialId } from "@caviar-hpo/core";
import { isFeasible, rankTrials, resultAt } from "@caviar-hpo/core/contract";
import type { Outcomes } from "./success.ts";

/** Each list is in order of age. */
export type Evidence = { readonly measured: readonly Trial[]; readonly failed: readonly Trial[]; readonly pending: readonly Trial[] };

/** @param lost trials that failed for a reason other than their configuration. */
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

/** The trials that succeeded, and those that failed or break a constraint; null where there are none of one of the two. */
export function outcomesOf({ measured, failed }: Evidence): Outcomes | null {
  const succeeded = measured.filter(({ curve }) => isFeasible(curve.at(-1)!));
  if (succeeded.length === 0 || succeeded.length === measured.length + failed.length) return null;
  const infeasible = measured.filter(({ curve }) => !isFeasible(curve.at(-1)!));
  return { succeeded: byAge(succeeded), failed: byAge([...failed, ...infeasible]) };
}

/** Best first, by the last measurement of each trial. */
export function ranked(trials: readonly Trial[]): readonly Trial[] {
  return rankedBy(trials, (trial) => trial.curve[trial.curve.length - 1]!);
}

/**
 * How many trials are nearly as good as the best: worse by at most 5 % of what separates the best from the median, and by at most 1 % of
 * the best value. The second limit is for values that span orders of magnitude, where half the trials can be near the best on a linear
 * scale. Only feasible trials that trained as far as the best count. 0 if the best is infeasible.
 *
 * @param best as `ranked` orders them.
 */
export function trialsOnTheFloor(best: readonly Trial[]): number {
  const last = best.map(({ curve }) => curve.at(-1)!);
  const values = last.filter((one) => isFeasible(one) && one.fidelity === last[0]!.fidelity).map((one) => one.values[0]!);
  if (values.length === 0 || !isFeasible(last[0]!)) return 0;
  const [least, median] = [values[0]!, values[Math.floor(values.length / 2)]!];
  const height = Math.min(0.05 * (median - least), 0.01 * Math.abs(least));
  return values.filter((value) => value - least <= height).length;
}

/** The trials with a result at the rung `index`, best first by that result. */
export function rankedAt(trials: readonly Trial[], rungs: readonly number[], index: number): readonly Trial[] {
  const at = (trial: Trial): Measurement | undefined => resultAt(trial.curve, rungs, index);
  return rankedBy(
    trials.filter((trial) => at(trial) !== undefined),
    (trial) => at(trial)!,
  );
}

/** Oldest first, because the age of a kernel decides its weight. */
export function byAge(trials: readonly Trial[]): readonly Config[] {
  return [...trials].sort((a, b) => a.id - b.id).map((trial) => trial.config);
}

function rankedBy(trials: readonly Trial[], measurementOf: (trial: Trial) => Measurement): readonly Trial[] {
  const contestants = trials.map((one) => ({ trial: one.id, measurement: measurementOf(one), one }));
  return rankTrials(contestants).map(({ one }) => one);
}
