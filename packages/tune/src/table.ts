/** Trials as a table: a row of plain values for each, for `console.table`, a data frame or a chart. */
import type { ParamValue, Problem, Trial, TrialId, TrialStatus } from "@caviar-hpo/core";

/**
 * A row of a table of trials. Columns of names that a user has chosen begin with `params_`, `values_` or `constraints_`, so no two columns
 * have one name. They are the columns of an exported CSV.
 */
export type TableRow = {
  readonly trial: TrialId;
  readonly status: TrialStatus;
  /** How far the trial was trained; null if it has measured nothing. */
  readonly fidelity: number | null;
  /**
   * How long the trial was evaluated, if its study knows it. Otherwise what its last measurement cost. null if no time was measured.
   */
  readonly seconds: number | null;
  /** What was thrown, or why the trial failed; null if it did not. */
  readonly error: string | null;
  /**
   * `params_NAME` is null if the parameter is not active. `values_NAME` and `constraints_NAME` are those of the last measurement, and null
   * if there is none.
   */
  readonly [column: `params_${string}`]: ParamValue | null;
  readonly [column: `values_${string}` | `constraints_${string}`]: number | null;
};

type TabledTrial = Trial & { readonly durationSeconds?: number | null };

/** A study, in memory or durable, or a problem and its trials, such as what `readStudy` has read. */
export type TabledStudy =
  | { readonly core: { readonly problem: Problem }; trials(): readonly TabledTrial[] }
  | { readonly problem: Problem; readonly trials: readonly TabledTrial[] };

/** One row per trial, in the order in which they began. All rows have the same columns in the same order. */
export function toTable(study: TabledStudy): readonly TableRow[] {
  const { space, objectives, constraints } = "core" in study ? study.core.problem : study.problem;
  const trials = typeof study.trials === "function" ? study.trials() : study.trials;
  return trials.map(({ id, status, config, curve, failure, durationSeconds }) => {
    const last = curve.at(-1);
    return Object.fromEntries<unknown>([
      ["trial", id],
      ["status", status],
      ...space.params.map(([name]) => [`params_${name}`, Object.hasOwn(config, name) ? config[name] : null] as const),
      ...objectives.map(({ name }, index) => [`values_${name}`, last?.values[index] ?? null] as const),
      ...constraints.map((name, index) => [`constraints_${name}`, last?.constraints[index] ?? null] as const),
      ["fidelity", last?.fidelity ?? null],
      ["seconds", durationSeconds ?? (last?.costSeconds || null)],
      ["error", failure === undefined ? null : (failure.error ?? failure.reason)],
    ]) as unknown as TableRow;
  });
}
