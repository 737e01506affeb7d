/** Whether numbers in [0, 1) are uniform, and pairs of them independent: chi-square within five standard deviations of its mean. */
import { expect } from "vitest";
import { derive, type Key } from "./key.ts";
import { stream } from "./stream.ts";

/** The first two uniforms of the streams at 0 … n - 1 below `parent`: uniform, independent of each other and of the next two streams'. */
export function expectIndependentStreams(parent: Key, n: number): void {
  const first = new Float64Array(n);
  const second = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const source = stream(derive(parent, i));
    first[i] = source.uniform();
    second[i] = source.uniform();
  }
  expectUniform(first);
  expectUniform(second);
  expectIndependent(first, second);
  expectIndependent(first.subarray(0, n - 1), first.subarray(1));
  expectIndependent(first.subarray(0, n - 2), first.subarray(2));
  // Two of 10^7 numbers of 53 bits are equal with probability 0.6 %.
  const sorted = Float64Array.from(first).sort();
  let repeated = 0;
  for (let i = 1; i < n; i += 1) if (sorted[i] === sorted[i - 1]) repeated += 1;
  expect(repeated).toBe(0);
}

/** Chi-square on 1,000 cells. */
export function expectUniform(values: Float64Array): void {
  const cells = new Float64Array(1000);
  for (const value of values) cells[Math.floor(value * 1000)]! += 1;
  expect(chiSquareDeviation(cells, values.length / 1000)).toBeLessThan(5);
}

/** Chi-square on 32 x 32 cells of the pairs. */
export function expectIndependent(a: Float64Array, b: Float64Array): void {
  const cells = new Float64Array(1024);
  for (let i = 0; i < a.length; i += 1) cells[Math.floor(a[i]! * 32) * 32 + Math.floor(b[i]! * 32)]! += 1;
  expect(chiSquareDeviation(cells, a.length / 1024)).toBeLessThan(5);
}

function chiSquareDeviation(cells: Float64Array, expected: number): number {
  const chiSquare = cells.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0);
  const freedom = cells.length - 1;
  return Math.abs(chiSquare - freedom) / Math.sqrt(2 * freedom);
}
