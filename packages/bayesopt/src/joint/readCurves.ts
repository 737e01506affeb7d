/**
 * What the history says to the joint model: the results of each trial at the last three rungs that it has reached, and at most 300 results
 * in all.
 */
import { encode } from "@caviar-hpo/core";
import { type Context, resultAt } from "@caviar-hpo/core/contract";
import type { FailedTrial, MeasuredTrial, Reading, Trials } from "../trials.ts";

/** A result at a rung. `row` is the trial's place in `observed`. */
export type CurveRow = { readonly row: number; readonly fidelity: number; readonly value: number; readonly variance: number | null };

/** `observed` has each trial's result at the last rung that it has reached, and `reached` has this rung. */
export type Curves = Trials & { readonly reached: readonly number[]; readonly rows: readonly CurveRow[] };

const lastRungs = 3;
const mostRows = 300;

/** @param rungs fidelities, ascending. @param lost trials that failed with their worker. */
export function readCurves({ problem, history, pending }: Context, rungs: readonly number[], lost: Reading["lost"]): Curves {
  const { space } = problem;
  const forgiven = new Set(lost);
  const observed: MeasuredTrial[] = [];
  const reached: number[] = [];
  const failed: FailedTrial[] = [];
  const rows: AgedRow[] = [];
  for (const { id, config, status, curve } of history.trials) {
    if (status === "failed") {
      if (!forgiven.has(id)) failed.push({ trial: id, unit: encode(space, config) });
      continue;
    }
    const results = rungs.flatMap((fidelity, index) => {
      const measurement = resultAt(curve, rungs, index);
      return measurement === undefined ? [] : [{ fidelity, measurement }];
    });
    const last = results.at(-1);
    if (last === undefined) continue;
    const row = observed.length;
    results.slice(-lastRungs).forEach(({ fidelity, measurement: { values, variance } }, index, { length }) => {
      rows.push({ row, fidelity, value: values[0]!, variance: variance?.[0] ?? null, age: length - 1 - index });
    });
    const { values, variance, constraints, costSeconds } = last.measurement;
    observed.push({ trial: id, unit: encode(space, config), value: values[0]!, variance: variance?.[0] ?? null, constraints, costSeconds });
    reached.push(last.fidelity);
  }
  return {
    fidelity: null,
    observed,
    reached,
    failed,
    rows: mostTelling(rows),
    pending: [...pending].map(({ config }) => encode(space, config)),
  };
}

/** `age` is 0 for the trial's last result, 1 for the one before, and so on. */
type AgedRow = CurveRow & { readonly age: number };

/**
 * If there are too many results, the last ones of all trials come first, and then those before them. Among those of one age, the results at
 * higher rungs come first, and then those of newer trials. Returns them in the order of trials and rungs.
 */
function mostTelling(rows: readonly AgedRow[]): readonly CurveRow[] {
  if (rows.length <= mostRows) return rows;
  return [...rows]
    .sort((a, b) => a.age - b.age || b.fidelity - a.fidelity || b.row - a.row)
    .slice(0, mostRows)
    .sort((a, b) => a.row - b.row || a.fidelity - b.fidelity);
}
