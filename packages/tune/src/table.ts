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

/** A problem and its trials: a durable study that was read, for instance. */
export type TrialsOfProblem = {
  readonly problem: Pick<Problem, "space" | "objectives" | "constraints">;
  readonly trials: readonly (Trial & { readonly durationSeconds?: number | null })[];
};

/** One row per trial. All rows have the same columns in the same order: parameters, values, constraints, and what the trial cost. */
export function tableOf({ problem, trials }: TrialsOfProblem): readonly TableRow[] {
  return trials.map(({ id, status, config, curve, failure, durationSeconds }) => {
    const last = curve.at(-1);
    return Object.fromEntries<unknown>([
      ["trial", id],
      ["status", status],
      ...problem.space.params.map(([name]) => [`params_${name}`, Object.hasOwn(config, name) ? config[name] : null] as const),
      ...problem.objectives.map(({ name }, index) => [`values_${name}`, last?.values[index] ?? null] as const),
      ...problem.constraints.map((name, index) => [`constraints_${name}`, last?.constraints[index] ?? null] as const),
      ["fidelity", last?.fidelity ?? null],
      ["seconds", durationSeconds ?? (last?.costSeconds || null)],
      ["error", failure === undefined ? null : (failure.error ?? failure.reason)],
    ]) as unknown as TableRow;
  });
}
