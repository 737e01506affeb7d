import { root } from "@caviar-hpo/core";
import { netQuality } from "@caviar-hpo/core/testing";
import { describe, expect, test } from "vitest";
import { directionBits, directionNumbers } from "./directionNumbers.ts";
import { sobol } from "./sobol.ts";

/** Digit r of column k of dimension j's generator matrix, as bit k of row r; the first m columns. */
function generatorRows(m: Uint32Array, j: number, columns: number, rows: number): number[] {
  return Array.from({ length: rows }, (_, r) => {
    let row = 0;
    for (let k = r; k < columns; k++) row |= ((m[j * directionBits + k]! >>> (k - r)) & 1) << k;
    return row;
  });
}

function independent(rows: readonly number[]): boolean {
  const basis: number[] = [];
  for (let row of rows) {
    for (const other of basis) row = Math.min(row, (row ^ other) >>> 0);
    if (row === 0) return false;
    basis.push(row);
  }
  return true;
}

/** Every way to write `total` as an ordered sum of `parts` whole numbers. */
function compositions(total: number, parts: number): number[][] {
  if (parts === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) => compositions(total - first, parts - 1).map((rest) => [first, ...rest])).flat();
}

/** The quality parameter t of the first 2^m points in the given dimensions: H. Niederreiter (1992), theorem 4.28. */
function quality(dimensions: readonly number[], m: number): number {
  const numbers = directionNumbers(Math.max(...dimensions) + 1);
  const matrices = dimensions.map((j) => generatorRows(numbers, j, m, m));
  for (let t = 0; ; t++) {
    const isNet = compositions(m - t, dimensions.length).every((digits) =>
      independent(digits.flatMap((count, at) => matrices[at]!.slice(0, count))),
    );
    if (isNet) return t;
  }
}

const first = (count: number): number[] => Array.from({ length: count }, (_, j) => j);

describe("the unscrambled sequence", () => {
  test.each([
    [1, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    [2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    [3, [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    [4, [0, 1, 2, 2, 2, 2, 2, 3, 3, 2, 2, 3]],
    [5, [0, 1, 2, 2, 2, 3, 3, 3, 3, 3]],
    [6, [0, 1, 2, 3, 2, 3, 3, 4, 4, 4]],
  ])("in %i dimensions the first 2, 4, 8, ... points have the published t-values", (dimensions, published) => {
    expect(published.map((_, at) => quality(first(dimensions), at + 1))).toEqual(published);
  });

  test("the pairs among the first 20 dimensions have the published t-values at 2^10 points", () => {
    const counts = [0, 0, 0, 0, 0, 0];
    for (let j = 1; j < 20; j++) for (let i = 0; i < j; i++) counts[quality([i, j], 10)]!++;
    expect(counts).toEqual([2, 50, 91, 31, 13, 3]);
  });

  test("property A holds in 1 to 30 dimensions: the first 2^d points lie one in each orthant", () => {
    const numbers = directionNumbers(30);
    for (let d = 1; d <= 30; d++) expect(independent(first(d).flatMap((j) => generatorRows(numbers, j, d, 1)))).toBe(true);
  });

  test("property A' holds in 1, 2, 3, 5, 8 and 10 of 1 to 10 dimensions: the first 4^d points lie one in each of 4^d cubes", () => {
    const numbers = directionNumbers(10);
    const holds = first(10).filter((j) => independent(first(j + 1).flatMap((i) => generatorRows(numbers, i, 2 * (j + 1), 2))));
    expect(holds.map((j) => j + 1)).toEqual([1, 2, 3, 5, 8, 10]);
  });
});

describe("scrambling keeps the net", () => {
  test.each([
    [1, 10, 0],
    [2, 8, 0],
    [3, 8, 1],
    [4, 8, 3],
    [4, 10, 2],
    [5, 8, 3],
  ])("in %i dimensions the first 2^%i points, and any later aligned 2^m, are a net of quality %i and no better", (d, m, t) => {
    const n = 2 ** m;
    const points = new Float64Array(n * d);
    for (const key of [null, ...first(10).map(root)]) {
      for (const start of [0, 5 * n]) {
        sobol(d, key).fill(start, n, points);
        const quality = netQuality(first(n).map((row) => points.subarray(row * d, (row + 1) * d)));
        expect(quality).toBeLessThanOrEqual(t);
        if (start === 0) expect(quality).toBe(t);
      }
    }
  });
});
