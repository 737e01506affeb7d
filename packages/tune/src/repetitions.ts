/**
 * Repetitions: each job measures its configuration several times, because the values are noisy. What counts is the mean, and its variance
 * tells the strategy how sure it is.
 */
import type { Problem, Told } from "@caviar-hpo/core";
import { settleFidelity } from "@caviar-hpo/core/contract";
import type { ObjectiveFunction } from "./objective.ts";
import { type Result, toldBy } from "./result.ts";

/**
 * The objective that calls `objective` so many times, one after the other. It reports for each fidelity that all repetitions have measured:
 *
 * - the mean of the values and of the constraints;
 * - the variance of each mean: s^2 / n with s^2 = sum (x - mean)^2 / (n - 1). If all repetitions state variances, their sum over n^2;
 * - the sum of the costs, if all repetitions state them.
 *
 * A repetition that throws, is infeasible, or measures what no study accepts ends the job as it would without repetitions.
 */
export function repeated<C, M>(objective: ObjectiveFunction<C, M>, repetitions: number, problem: Problem): ObjectiveFunction<C, M> {
  return async (assignment) => {
    const { until, milestones, signal } = assignment;
    const measured = new Map<number, Told[]>();
    /** The result to report, null while some repetitions have not measured the fidelity. */
    const resultAt = (fidelity: number, repetition: number, result: Result): Result | null => {
      const all = measured.get(fidelity) ?? [];
      measured.set(fidelity, all);
      all[repetition] ??= toldBy(result);
      if (!isLike(all[repetition], all.find((told) => told !== undefined)!)) return result;
      return all.length === repetitions && !all.includes(undefined as never) ? meanOf(all) : null;
    };
    for (let repetition = 0; ; repetition++) {
      const result = await objective({
        ...assignment,
        repetition,
        measure: (partial, fidelity) => {
          const report = resultAt(settleFidelity(problem, fidelity, milestones), repetition, partial);
          return report === null ? !signal.aborted : assignment.measure(report, fidelity);
        },
      });
      if (signal.aborted || (typeof result === "object" && "infeasible" in result && result.infeasible)) return result;
      const report = resultAt(until, repetition, result as Result);
      if (report !== null) return report;
    }
  };
}

/** Whether a result consists of finite numbers, as many as another one. */
function isLike({ values, constraints = [], variance = [] }: Told, other: Told): boolean {
  const fits = (list: readonly number[], length: number): boolean =>
    Array.isArray(list) && list.length === length && list.every((value) => Number.isFinite(value));
  return (
    fits(values, other.values.length) &&
    fits(constraints, other.constraints?.length ?? 0) &&
    fits(variance, variance.length === 0 ? 0 : values.length)
  );
}

function meanOf(all: readonly Told[]): Result {
  const n = all.length;
  const columns = (lists: readonly (readonly number[])[]): readonly (readonly number[])[] =>
    lists[0]!.map((_, index) => lists.map((list) => list[index]!));
  const values = columns(all.map((told) => told.values));
  const stated = all.every((told) => told.variance !== undefined) ? columns(all.map((told) => told.variance!)) : null;
  const variance = stated === null ? values.map((column) => varianceOfMean(column)) : stated.map((column) => sum(column) / (n * n));
  const costs = all.map((told) => told.costSeconds);
  return {
    values: values.map(mean),
    ...(all[0]!.constraints !== undefined && { constraints: columns(all.map((told) => told.constraints!)).map(mean) }),
    ...(variance.every(Number.isFinite) && { variance }),
    ...(!costs.includes(undefined) && { costSeconds: sum(costs as readonly number[]) }),
  };
}

/** The mean of equal numbers is that number, and no sum overflows. */
function mean(column: readonly number[]): number {
  const [first = 0] = column;
  return first + sum(column.map((value) => value / column.length - first / column.length));
}

function varianceOfMean(column: readonly number[]): number {
  const n = column.length;
  const center = mean(column);
  return sum(column.map((value) => (value - center) * (value - center))) / (n * (n - 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
