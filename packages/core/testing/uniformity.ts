/** How far numbers in [0, 1) are from uniform, and pairs of them from independent: chi-square, in standard deviations from its mean. */
import { derive, type Key } from "../src/random/key.ts";
import { stream } from "../src/random/stream.ts";

/**
 * Of the first two uniforms of the streams at 0 … n - 1 below `parent`: the largest deviation of either, of the two as a pair and of the
 * first with its next two neighbours; and how often a first uniform is another's too.
 */
export function streamDeviations(parent: Key, n: number): { readonly largest: number; readonly repeated: number } {
  const first = new Float64Array(n);
  const second = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const source = stream(derive(parent, i));
    first[i] = source.uniform();
    second[i] = source.uniform();
  }
  const largest = Math.max(
    uniformDeviation(first),
    uniformDeviation(second),
    pairDeviation(first, second),
    pairDeviation(first.subarray(0, n - 1), first.subarray(1)),
    pairDeviation(first.subarray(0, n - 2), first.subarray(2)),
  );
  first.sort();
  let repeated = 0;
  for (let i = 1; i < n; i++) if (first[i] === first[i - 1]) repeated++;
  return { largest, repeated };
}

/** On 1,000 cells. */
export function uniformDeviation(values: Float64Array): number {
  const cells = new Float64Array(1000);
  for (const value of values) cells[Math.floor(value * 1000)]!++;
  return chiSquareDeviation(cells, values.length / 1000);
}

/** On 32 x 32 cells of the pairs. */
export function pairDeviation(a: Float64Array, b: Float64Array): number {
  const cells = new Float64Array(1024);
  for (let i = 0; i < a.length; i++) cells[Math.floor(a[i]! * 32) * 32 + Math.floor(b[i]! * 32)]!++;
  return chiSquareDeviation(cells, a.length / 1024);
}

function chiSquareDeviation(cells: Float64Array, expected: number): number {
  const chiSquare = cells.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0);
  const freedom = cells.length - 1;
  return Math.abs(chiSquare - freedom) / Math.sqrt(2 * freedom);
}
