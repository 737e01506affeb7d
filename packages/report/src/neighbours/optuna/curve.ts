/** What Optuna stores of a trial's measurements, and the curve that can be read from that. */
import type { Problem, Told } from "@caviar-hpo/core";

/** The fields of a trial in a journal. `intermediate` has the first objective by step. */
export type StoredValues = {
  readonly values: readonly number[] | null;
  readonly intermediate: ReadonlyMap<number, number>;
  readonly constraints: readonly number[] | null;
  /** The cost of each measurement. null if all of them are 0. */
  readonly costSeconds: readonly number[] | null;
};

/**
 * The measurements of a trial, in ascending order of fidelity. The final values and the constraints belong to the last step. If there are
 * no steps, they were measured at the highest fidelity. If the problem has several objectives or constraints, nothing is known of the steps
 * before the last one.
 */
export function curveFrom(
  problem: Problem,
  { values, intermediate, constraints, costSeconds }: StoredValues,
  fidelityOf: (step: number) => number,
): readonly Told[] {
  const steps = [...intermediate].sort(([a], [b]) => a - b);
  const last = steps.at(-1);
  const lastValues = values ?? (last === undefined || problem.objectives.length > 1 ? null : [last[1]]);
  if (lastValues === null) return [];
  const lastFidelity = last === undefined ? (problem.fidelity?.max ?? 1) : fidelityOf(last[0]);
  const isKnown = problem.objectives.length === 1 && problem.constraints.length === 0;
  const earlier = isKnown ? steps.slice(0, -1).map(([step, value]): Told => ({ fidelity: fidelityOf(step), values: [value] })) : [];
  const final: Told = { fidelity: lastFidelity, values: lastValues, ...(constraints !== null && { constraints }) };
  const curve = [...earlier, final];
  return costSeconds?.length === curve.length ? curve.map((told, index) => ({ ...told, costSeconds: costSeconds[index]! })) : curve;
}
