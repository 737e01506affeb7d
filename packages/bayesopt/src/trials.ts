/** What the history says to a model: points of the unit cube with values, points that failed, points that are still running. */
import { type Config, type Context, encode, type Job, type Trial, type TrialId } from "@caviar/core";

export type Observed = {
  readonly unit: Float64Array;
  readonly value: number;
  readonly variance: number | null;
  readonly constraints: readonly number[];
};

export type Trials = {
  /** In order of their ids. */
  readonly observed: readonly Observed[];
  readonly failed: readonly Float64Array[];
  readonly pending: readonly Float64Array[];
};

/** A trial that was started in the same ask, and is not in the history yet. */
export type Started = { readonly trial: TrialId; readonly config: Config };

/**
 * Values at the highest of the `rungs` that `enough` trials have reached, else at the one that most have: a model of one fidelity at a time, as
 * BOHB's (Falkner, Klein & Hutter, ICML 2018, section 3.2). `lost` are trials that failed with their worker, which says nothing about the point.
 */
export function readTrials(
  { problem: { space }, history }: Context,
  rungs: readonly number[],
  enough: number,
  started: readonly Started[],
  lost: readonly TrialId[],
): Trials {
  const failed = history.trials.filter((trial) => trial.status === "failed");
  const alive = history.trials.filter((trial) => trial.status !== "failed" && trial.curve.length > 0);
  const fidelity = modelled(alive, rungs, enough);
  const observed = alive.flatMap((trial): Observed[] => {
    const measurement = trial.curve.find((one) => one.fidelity === fidelity);
    if (measurement === undefined) return [];
    const { values, variance, constraints } = measurement;
    return [{ unit: encode(space, trial.config), value: values[0]!, variance: variance?.[0] ?? null, constraints }];
  });
  const measured = new Set(alive.filter((trial) => trial.curve.some((one) => one.fidelity === fidelity)).map(({ id }) => id));
  return {
    observed,
    failed: failed.filter(({ id }) => !lost.includes(id)).map(({ config }) => encode(space, config)),
    pending: [
      ...history.running.filter(({ trial }: Job) => !measured.has(trial)).map(({ config }) => encode(space, config)),
      ...started.filter(({ trial }) => trial >= history.trials.length).map(({ config }) => encode(space, config)),
    ],
  };
}

function modelled(trials: readonly Trial[], rungs: readonly number[], enough: number): number {
  const counts = rungs.map((rung) => trials.filter((trial) => trial.curve.some(({ fidelity }) => fidelity === rung)).length);
  const most = Math.max(...counts);
  return rungs[counts.lastIndexOf(counts.filter((count) => count >= Math.min(enough, most)).at(-1)!)]!;
}
