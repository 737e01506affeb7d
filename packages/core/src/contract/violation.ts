/** By how much a measurement violates its constraints, as one number. It keeps the exact order of sums of any magnitude. */
import type { Measurement } from "./trial.ts";

/** Whether all constraints are at most 0. What is no number, such as a hole in the list, is not. */
export function isFeasible({ constraints }: Pick<Measurement, "constraints">): boolean {
  for (const value of constraints) if (!(value <= 0)) return false;
  return true;
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
  let positive = 0;
  let sum = 0;
  for (const value of constraints) {
    if (value <= 0) continue;
    if (!(value > 0)) return Number.MAX_VALUE;
    positive++;
    sum += value;
  }
  // The sum of two doubles is rounded once.
  if (positive <= 2 && sum < threshold) return sum;
  return monotone(exactSum(constraints));
}

/** The sum of the positive values, in units of 2^-1074, of which every double is a multiple. */
function exactSum(values: readonly number[]): bigint {
  let sum = 0n;
  for (const value of values) if (value > 0) sum += unitsOf(value);
  return sum;
}

function monotone(sum: bigint): number {
  const size = bitLength(sum);
  if (size <= largestSize) return rounded(sum, size);
  // 2^500 sqrt(sum) = 2^510 sqrt(2^-20 sum). A last bit of 1 stands for all that the shift drops.
  const shifted = (sum >> 20n) | 1n;
  return scale * Math.sqrt(rounded(shifted, size - 20));
}

/**
 * The double nearest to a number of units, ties to even. The bits of doubles are in the order of their values: rounding up carries over.
 */
function rounded(units: bigint, size: number): number {
  const shift = BigInt(Math.max(0, size - fractionBits - 1));
  const kept = units >> shift;
  const dropped = units - (kept << shift);
  const half = shift === 0n ? 1n : 1n << (shift - 1n);
  const up = dropped > half || (dropped === half && (kept & 1n) === 1n) ? 1n : 0n;
  words[0] = (shift << BigInt(fractionBits)) + kept + up;
  return numbers[0]!;
}

function unitsOf(value: number): bigint {
  numbers[0] = value;
  const exponent = words[0]! >> BigInt(fractionBits);
  const fraction = BigInt.asUintN(fractionBits, words[0]!);
  return exponent === 0n ? fraction : ((1n << BigInt(fractionBits)) | fraction) << (exponent - 1n);
}

function bitLength(value: bigint): number {
  const digits = value.toString(16);
  return 4 * digits.length - (Math.clz32(Number.parseInt(digits[0]!, 16)) - 28);
}

/** The exponent is stored above the 52 bits of the fraction. */
const fractionBits = 52;
const numbers = new Float64Array(1);
const words = new BigUint64Array(numbers.buffer);
/** Bits of the sums below 2^1000, in units of 2^-1074. */
const largestSize = 2074;
const threshold = powerOfTwo(1000);
const scale = powerOfTwo(510);

function powerOfTwo(exponent: number): number {
  return rounded(1n << BigInt(exponent + 1074), exponent + 1075);
}
