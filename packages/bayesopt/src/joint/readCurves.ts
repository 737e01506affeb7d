/**
 * What the history says to the joint model: the results of each trial at the last rungs that it has reached, and at most `mostRows` results
 * in all.
 */
import { encode } from "@caviar-hpo/core";
import { type Context, resultAt } from "@caviar-hpo/core/contract";
import type { MeasuredTrial, Reading, Trials } from "../trials.ts";

/** A result at a rung: `row` counts the observed trials. */
export type CurveRow = { readonly row: number; readonly fidelity: number; readonly value: number; readonly variance: number | null };

/** `observed` has each trial's result at the last rung that it has reached, which is `reached`. */
export type Curves = Trials & { readonly reached: readonly number[]; readonly rows: readonly CurveRow[] };

/** Results of a trial that are read: at the last rung that it has reached, and at the two rungs before it. */
const lastRungs = 3;
const mostRows = 300;

export function readCurves({ problem, history, pending }: Context, { rungs, lost }: Omit<Reading, "enough">): Curves {
  const { space } = problem;
  const forgiven = new Set(lost);
  const observed: MeasuredTrial[] = [];
  const reached: number[] = [];
  const failed: Float64Array[] = [];
  const rows: (CurveRow & { readonly age: number })[] = [];
  for (const { id, config, status, curve } of history.trials) {
    if (status === "failed") {
      if (!forgiven.has(id)) failed.push(encode(space, config));
      continue;
    }
    const results = rungs.flatMap((fidelity, index) => {
      const measurement = resultAt(curve, rungs, index);
      return measurement === undefined ? [] : [{ fidelity, measurement }];
    });
    const last = results.at(-1);
    if (last === undefined) continue;
    const row = observed.length;
    results
      .slice(-lastRungs)
      .reverse()
      .forEach(({ fidelity, measurement }, age) => {
        rows.push({ row, fidelity, value: measurement.values[0]!, variance: measurement.variance?.[0] ?? null, age });
      });
    const { values, variance, constraints } = last.measurement;
    observed.push({ trial: id, unit: encode(space, config), value: values[0]!, variance: variance?.[0] ?? null, constraints });
    reached.push(last.fidelity);
  }
  return {
    fidelity: null,
    observed,
    reached,
    failed,
    rows: capped(rows),
    pending: [...pending].map(({ config }) => encode(space, config)),
  };
}

/** The last results of all trials come first, the furthest trained and then the newest before the others; then the results before them. */
function capped(rows: readonly (CurveRow & { readonly age: number })[]): readonly CurveRow[] {
  const order = (a: CurveRow, b: CurveRow): number => a.row - b.row || a.fidelity - b.fidelity;
  if (rows.length <= mostRows) return [...rows].sort(order);
  return [...rows]
    .sort((a, b) => a.age - b.age || b.fidelity - a.fidelity || b.row - a.row)
    .slice(0, mostRows)
    .sort(order);
}
