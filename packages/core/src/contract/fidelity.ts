/**
 * Which fidelity a number means. A fraction that was computed as a sum misses its decimal: 0.1 + 0.1 + 0.1 is above 0.3, and ten times 0.1
 * is below 1. So a study takes a reported fidelity for the rung that it misses only by rounding. It does this once, where the report
 * enters. Code behind that point may compare the fidelities of rungs exactly.
 */
import type { Problem } from "./problem.ts";
import type { Measurement } from "./trial.ts";

/** A million additions of one number err by about 1e-11 of their sum. No training counts in steps of a billionth. */
const tolerance = 1e-9;

/** Whether two fidelities differ only by rounding: by at most 1e-9 of the second one, and by less than 1. */
export function sameFidelity(a: number, b: number): boolean {
  return a === b || (Number.isFinite(a) && Math.abs(a - b) < Math.min(1, b * tolerance));
}

/**
 * The element of `known` that is the same fidelity. If fidelities are whole, the whole number that is the same fidelity. Otherwise
 * `fidelity` itself. This function does not check it.
 */
export function settleFidelity({ fidelity: range }: Pick<Problem, "fidelity">, fidelity: number, known: readonly number[]): number {
  if (!Number.isFinite(fidelity)) return fidelity;
  const counting = range?.whole ? [Math.round(fidelity)] : known;
  return counting.find((one) => sameFidelity(fidelity, one)) ?? fidelity;
}

/**
 * The result of a trial at a rung, for models of one rung: its first measurement at or past the rung and before the next rung. undefined if
 * there is none, because a value of another rung would mislead the model.
 *
 * @param rungs the fidelities of all rungs, ascending.
 * @param index that of the rung.
 */
export function resultAt(curve: readonly Measurement[], rungs: readonly number[], index: number): Measurement | undefined {
  const [rung, next] = [rungs[index]!, rungs[index + 1] ?? Infinity];
  return curve.find(({ fidelity }) => fidelity >= rung && fidelity < next);
}
