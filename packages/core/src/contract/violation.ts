/** By how much a measurement violates its constraints, as one number. It keeps the exact order of sums of any magnitude. */
import type { Measurement } from "./trial.ts";

/** Whether all constraints are at most 0. What is no number, such as a hole in the list, is not. */
export function isFeasible(measurement: Pick<Measurement, "constraints">): boolean {
  return violationOf(measurement) === 0;
}

/**
 * The violation of a measurement: 0 if it is feasible, otherwise positive and finite. It grows with the exact sum of the positive
 * constraint values, and does not depend on their order:
 *
 * - below 2^1000, it is the sum, rounded once to a double;
 * - above, where the sum may overflow, it is 2^500 sqrt(sum). Both are equal at 2^1000.
 *
 * What is no number, such as a hole in the list, violates more than every number.
 *
 * A smaller sum never has the larger violation. Sums that differ by more than 2^-50 of themselves have different violations.
 */
export function violationOf({ constraints }: Pick<Measurement, "constraints">): number {
  if (constraints.length === 0) return 0;
  let positive = 0;
  let sum = 0;
  for (const value of constraints) {
    if (value <= 0) continue;
    if (!(value > 0)) return Number.MAX_VALUE;
    positive++;
    sum += value;
  }
  // The sum of two doubles is rounded once.
  if (positive <= 2 && sum < factor * factor) return sum;
  return monotone(exactSum(constraints));
}

/** The sum of the positive values, in units of 2^-1074, of which every double is a multiple. */
function exactSum(values: readonly number[]): bigint {
  let sum = 0n;
  for (const value of values) if (value > 0) sum += unitsOf(value);
  return sum;
}

function monotone(sum: bigint): number {
  if (sum >> 2074n === 0n) return rounded(sum);
  // 2^500 sqrt(sum) = 2^510 sqrt(2^-20 sum). A last bit of 1 stands for all that the shift drops.
  return 1024 * factor * Math.sqrt(rounded((sum >> 20n) | 1n));
}

/** The double nearest to a number of units, ties to even. From 2^1023 units, a last bit of 1 stands for all that the shift drops. */
function rounded(units: bigint): number {
  if (units >> 1023n === 0n) return Number(units) * Number.MIN_VALUE;
  const kept = units >> shift;
  return factor * rounded(kept << shift === units ? kept : kept | 1n);
}

/** A double as a number of units. Its quotients by `factor` are exact. Infinity counts as 2^1024. */
function unitsOf(value: number): bigint {
  if (value === Infinity) return 1n << 2098n;
  return value < 1e-20 ? BigInt(value / Number.MIN_VALUE) : unitsOf(value / factor) << shift;
}

const shift = 500n;
const factor = Number(1n << shift);
