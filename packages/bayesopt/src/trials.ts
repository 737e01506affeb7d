/** What the history says to a model: points of the unit cube with values, points that failed, points that are still running. */
import { encode, type Trial, type TrialId } from "@caviar-hpo/core";
import type { Context } from "@caviar-hpo/core/contract";

export type ObservedTrial = {
  readonly trial: TrialId;
  readonly unit: Float64Array;
  readonly value: number;
  readonly variance: number | null;
  readonly constraints: readonly number[];
};

export type Trials = {
  /** The fidelity of the values below; null where nothing has been measured at any rung. */
  readonly fidelity: number | null;
  /** In order of their ids. */
  readonly observed: readonly ObservedTrial[];
  readonly failed: readonly Float64Array[];
  /** Pending, and without a value at this fidelity. */
  readonly pending: readonly Float64Array[];
};

export type Reading = {
  /** Fidelities, ascending. */
  readonly rungs: readonly number[];
  readonly enough: number;
  /** Trials that failed with their worker, which says nothing about the point. */
  readonly lost: readonly TrialId[];
};

/**
 * Values at the highest of the `rungs` that `enough` trials have reached, else at the one that most have: a model of one fidelity at a
 * time, as BOHB's (Falkner, Klein & Hutter, ICML 2018, section 3.2).
 */
export function readTrials(context: Context, { rungs, enough, lost }: Reading): Trials {
  const { problem, history, pending } = context;
  const { space } = problem;
  const forgiven = new Set(lost);
  const fidelity = modelled(history.trials, rungs, enough);
  const observed: ObservedTrial[] = [];
  const failed: Float64Array[] = [];
  const measured = new Set<TrialId>();
  for (const { id, config, status, curve } of history.trials) {
    if (status === "failed") {
      if (!forgiven.has(id)) failed.push(encode(space, config));
      continue;
    }
    const measurement = curve.find((one) => one.fidelity === fidelity);
    if (measurement === undefined) continue;
    const { values, variance, constraints } = measurement;
    measured.add(id);
    observed.push({ trial: id, unit: encode(space, config), value: values[0]!, variance: variance?.[0] ?? null, constraints });
  }
  const unmeasured = [...pending].filter(({ trial }) => trial === null || !measured.has(trial));
  return { fidelity, observed, failed, pending: unmeasured.map(({ config }) => encode(space, config)) };
}

function modelled(trials: readonly Trial[], rungs: readonly number[], enough: number): number | null {
  const counts = new Map(rungs.map((rung) => [rung, 0]));
  for (const { status, curve } of trials) {
    if (status === "failed") continue;
    for (const { fidelity } of curve) if (counts.has(fidelity)) counts.set(fidelity, counts.get(fidelity)! + 1);
  }
  const least = Math.min(enough, Math.max(1, ...counts.values()));
  return rungs.filter((rung) => counts.get(rung)! >= least).at(-1) ?? null;
}
