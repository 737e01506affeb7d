/**
 * Repetitions: each job measures its configuration several times, because the values are noisy. What counts is the mean, and its variance
 * tells the strategy how sure it is.
 */
import type { Measurement, Problem } from "@caviar-hpo/core";
import { measure, settleFidelity } from "@caviar-hpo/core/contract";
import type { ObjectiveFunction } from "./objective.ts";
import { type Result, toldBy } from "./result.ts";

/**
 * The objective that calls `objective` so many times, one after the other. It reports for each fidelity that all repetitions have measured:
 *
 * - the mean of the values and of the constraints;
 * - the variance of each mean: s^2 / n with s^2 = sum (x - mean)^2 / (n - 1). If all repetitions state variances, their sum over n^2;
 * - the sum of the costs, if repetitions state them.
 *
 * A repetition that throws, is infeasible, or measures what no study accepts ends the job as it would without repetitions.
 */
export function repeated<C, M>(objective: ObjectiveFunction<C, M>, repetitions: number, problem: Problem): ObjectiveFunction<C, M> {
  return async (assignment) => {
    const { until, milestones, signal } = assignment;
    const measured = new Map<number, Measurement[]>();
    /** What is to be reported; null while some repetitions have not measured the fidelity. */
    const resultAt = (fidelity: number, repetition: number, result: Result): Result | null => {
      const measurement = measure(problem, toldBy(result), fidelity, null);
      if (measurement === null) return result;
      const all = measured.get(fidelity) ?? [];
      measured.set(fidelity, all);
      all[repetition] ??= measurement;
      return Object.keys(all).length === repetitions ? meanOf(all) : null;
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
      if (signal.aborted || Object(result).infeasible) return result;
      const report = resultAt(until, repetition, result as Result);
      if (report !== null) return report;
    }
  };
}

/** @param all one measurement of the same configuration and fidelity per repetition. */
function meanOf(all: readonly Measurement[]): Result {
  const n = all.length;
  const over = (lists: readonly (readonly number[])[], combine: (column: readonly number[]) => number): readonly number[] =>
    lists[0]!.map((_, index) => combine(lists.map((list) => list[index]!)));
  const values = all.map((one) => one.values);
  const stated = all.flatMap((one) => (one.variance ? [one.variance] : []));
  const variance = stated.length === n ? over(stated, (column) => sum(column) / (n * n)) : over(values, varianceOfMean);
  const costSeconds = sum(all.map((one) => one.costSeconds));
  return {
    values: over(values, mean),
    constraints: over(
      all.map((one) => one.constraints),
      mean,
    ),
    ...(variance.every(Number.isFinite) && { variance }),
    ...(costSeconds > 0 && { costSeconds }),
  };
}

/** Equal numbers have themselves as their mean, and no mean overflows. */
function mean(column: readonly number[]): number {
  const first = column[0]!;
  const near = first + sum(column.map((value) => value - first)) / column.length;
  return Number.isFinite(near) ? near : sum(column.map((value) => value / column.length));
}

function varianceOfMean(column: readonly number[]): number {
  const center = mean(column);
  return sum(column.map((value) => (value - center) * (value - center))) / (column.length * (column.length - 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
