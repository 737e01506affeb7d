/**
 * What objectives return, including unusual numbers. `values` draws single ones. `valuePatterns` are complete runs, with the value of the
 * n-th trial: those of flat, stepped, overflowing objectives, and of one outlier.
 */
import fc from "fast-check";

const huge = Number.MAX_VALUE;

/** NaN, the infinities and both ends of the doubles. */
export const awkwardValues: readonly number[] = [
  NaN,
  Infinity,
  -Infinity,
  huge,
  -huge,
  1e308,
  -1e308,
  1e300,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  -0,
];

/** Small whole numbers, which are often equal; ordinary numbers; unusual numbers. */
export function values(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
    { weight: 3, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
    { weight: 2, arbitrary: fc.constantFrom(...awkwardValues) },
  );
}

/** The values of a run by trial. */
export type ValuePattern = { readonly name: string; readonly at: (trial: number) => number };

/** Patterns of values that break careless strategies. A value that is not finite fails its trial. */
export const valuePatterns: readonly ValuePattern[] = [
  { name: "every value is NaN", at: () => NaN },
  { name: "every value is Infinity", at: () => Infinity },
  { name: "every value is -Infinity", at: () => -Infinity },
  { name: "the first value is NaN", at: (trial) => (trial === 0 ? NaN : trial) },
  { name: "every other value is NaN", at: (trial) => (trial % 2 === 0 ? NaN : -trial) },
  { name: "the largest double", at: () => huge },
  { name: "the most negative double", at: () => -huge },
  { name: "1e308 and -1e308 in turn", at: (trial) => (trial % 2 === 0 ? 1e308 : -1e308) },
  { name: "the least positive double", at: () => Number.MIN_VALUE },
  { name: "0 and -0 in turn", at: (trial) => (trial % 2 === 0 ? 0 : -0) },
  { name: "a constant", at: () => 1 },
  { name: "two values", at: (trial) => trial % 2 },
  { name: "one outlier", at: (trial) => (trial === 3 ? 1e300 : trial / 100) },
  { name: "all equal but one", at: (trial) => (trial === 5 ? 0 : 1) },
  { name: "getting worse", at: (trial) => trial },
  { name: "getting better", at: (trial) => -trial },
  { name: "steps", at: (trial) => Math.floor(trial / 7) },
  { name: "whole numbers in no order", at: (trial) => (trial * 7919) % 13 },
];
