/** What the history says to a model: points of the unit cube with values, points that failed, points that are still running. */
import { encode, type Trial, type TrialId } from "@caviar-hpo/core";
import { type Context, resultAt } from "@caviar-hpo/core/contract";

export type MeasuredTrial = {
  readonly trial: TrialId;
  readonly unit: Float64Array;
  readonly value: number;
  readonly variance: number | null;
  readonly constraints: readonly number[];
  readonly costSeconds: number;
};

export type FailedTrial = { readonly trial: TrialId; readonly unit: Float64Array };

export type Trials = {
  /** The fidelity of the values below; null where nothing has been measured at any rung. */
  readonly fidelity: number | null;
  /** In order of their ids. */
  readonly observed: readonly MeasuredTrial[];
  readonly failed: readonly FailedTrial[];
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
 * Values at the highest of the `rungs` at which `enough` trials have a result, else at the one at which most have: a model of one fidelity
 * at a time, as BOHB's (Falkner, Klein & Hutter, ICML 2018, section 3.2).
 */
export function readTrials(context: Context, { rungs, enough, lost }: Reading): Trials {
  const { problem, history, pending } = context;
  const { space } = problem;
  const forgiven = new Set(lost);
  const rung = modelled(history.trials, rungs, enough);
  const observed: MeasuredTrial[] = [];
  const failed: FailedTrial[] = [];
  const measured = new Set<TrialId>();
  for (const { id, config, status, curve } of history.trials) {
    if (status === "failed") {
      if (!forgiven.has(id)) failed.push({ trial: id, unit: encode(space, config) });
      continue;
    }
    const measurement = resultAt(curve, rungs, rung);
    if (measurement === undefined) continue;
    const { values, variance, constraints, costSeconds } = measurement;
    measured.add(id);
    observed.push({ trial: id, unit: encode(space, config), value: values[0]!, variance: variance?.[0] ?? null, constraints, costSeconds });
  }
  const unmeasured = [...pending].filter(({ trial }) => trial === null || !measured.has(trial));
  return { fidelity: rungs[rung] ?? null, observed, failed, pending: unmeasured.map(({ config }) => encode(space, config)) };
}

/** The index of the rung; -1 where nothing has been measured at any. */
function modelled(trials: readonly Trial[], rungs: readonly number[], enough: number): number {
  const counts = rungs.map(() => 0);
  for (const { status, curve } of trials) {
    if (status === "failed") continue;
    let index = -1;
    for (const { fidelity } of curve) {
      const before = index;
      while (rungs[index + 1]! <= fidelity) index++;
      if (index > before) counts[index]!++;
    }
  }
  const least = Math.min(enough, Math.max(1, ...counts));
  return counts.reduce((highest, count, index) => (count >= least ? index : highest), -1);
}
