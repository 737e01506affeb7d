import { LimitError, root } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import golden from "./sobol.golden.json" with { type: "json" };
import { sobol } from "./sobol.ts";

const twoTo32 = 2 ** 32;

/** FNV-1a, 32 bits, over the four bytes of each word, lowest first. */
function fnv(words: Iterable<number>): number {
  let state = 0x811c9dc5;
  for (const word of words) {
    for (let shift = 0; shift < 32; shift += 8) state = Math.imul(state ^ ((word >>> shift) & 255), 0x01000193);
  }
  return state >>> 0;
}

function take(dimensions: number, count: number, seed: number | null = null): Float64Array {
  const out = new Float64Array(count * dimensions);
  sobol(dimensions, seed === null ? null : root(seed)).fill(0, count, out);
  return out;
}

describe("the unscrambled sequence", () => {
  test("begins with the published 16 points in 10 dimensions, the origin first", () => {
    const published = `
       0  0  0  0  0  0  0  0  0  0
      16 16 16 16 16 16 16 16 16 16
      24  8  8  8 24 24  8 24 24 24
       8 24 24 24  8  8 24  8  8  8
      12 12 20 28 12  4 12 28 28 20
      28 28  4 12 28 20 28 12 12  4
      20  4 28 20 20 28  4  4  4 12
       4 20 12  4  4 12 20 20 20 28
       6 10 30 14 18 10 14 30 30 10
      22 26 14 30  2 26 30 14 14 26
      30  2 22  6 10 18  6  6  6 18
      14 18  6 22 26  2 22 22 22  2
      10  6 10 18 30 14  2  2  2 30
      26 22 26  2 14 30 18 18 18 14
      18 14  2 26  6 22 10 26 26  6
       2 30 18 10 22  6 26 10 10 22`;
    expect(Array.from(take(10, 16), (x) => x * 32)).toEqual(published.trim().split(/\s+/).map(Number));
  });

  test("has the published point 1000 in dimensions 0, 1, 2, 49 and 99", () => {
    const point = sobol(100, null).at(1000);
    expect([0, 1, 2, 49, 99].map((j) => point[j])).toEqual([0.2197265625, 0.0966796875, 0.5185546875, 0.4794921875, 0.1865234375]);
  });

  test.each(golden.hashes)(
    "has SciPy's first $count points in $dimensions dimensions, bit for bit",
    ({ dimensions, count, fnv: expected }) => {
      expect(fnv(take(dimensions, count).map((x) => x * twoTo32))).toBe(expected);
    },
  );

  test.each(golden.far)("has SciPy's point $index in $dimensions dimensions, bit for bit", ({ dimensions, index, words }) => {
    expect(Array.from(sobol(dimensions, null).at(index), (x) => x * twoTo32)).toEqual(words);
  });
});

describe("the scrambled sequence", () => {
  test("of few dimensions is the beginning of that of many, whichever was made first", () => {
    const few = take(3, 8);
    const many = take(40, 8);
    const begun = Array.from({ length: 8 }, (_, row) => [...many.subarray(40 * row, 40 * row + 3)]).flat();
    expect([begun, [...take(3, 8)]]).toEqual([[...few], [...few]]);
  });

  test("keeps its bits under a fixed seed", () => {
    const points = take(3, 4, 2024);
    expect(Array.from(points, (x) => x * twoTo32)).toMatchInlineSnapshot(`
      [
        2648819575.5,
        2838167266.5,
        980471366.5,
        105447085.5,
        110900869.5,
        3387059160.5,
        1373211256.5,
        4180358957.5,
        1092599762.5,
        3425196894.5,
        1191972626.5,
        2594275683.5,
      ]
    `);
    expect(fnv(take(40, 500, 2024).map((x) => x * twoTo32))).toMatchInlineSnapshot(`4179240968`);
  });

  test("lies at the middles of cells of 2^-32, strictly inside the cube", () => {
    expect(take(20, 2048, 5).every((x) => (x * twoTo32) % 1 === 0.5)).toBe(true);
  });

  test("differs from seed to seed and from dimension to dimension", () => {
    const firsts = Array.from({ length: 50 }, (_, seed) => [...sobol(20, root(seed)).at(0)]).flat();
    expect(new Set(firsts).size).toBe(1000);
  });
});

describe("edges", () => {
  test("the last index, 2^32 - 1, is served by at and by fill", () => {
    const sequence = sobol(4, root("edge"));
    const out = new Float64Array(12);
    sequence.fill(twoTo32 - 3, 3, out);
    expect(out.slice(8)).toEqual(sequence.at(twoTo32 - 1));
    expect(Array.from(sobol(1, null).at(twoTo32 - 1))).toEqual([2 ** -32]);
  });

  test("at writes to a given array and returns it; fill of no points writes none", () => {
    const out = new Float64Array(2).fill(-1);
    const sequence = sobol(2, null);
    sequence.fill(7, 0, out);
    expect([...out]).toEqual([-1, -1]);
    expect(sequence.at(1, out)).toBe(out);
    expect([...out]).toEqual([0.5, 0.5]);
  });

  test.each([0, -1, 1.5, NaN])("%s dimensions are refused", (dimensions) => {
    expect(() => sobol(dimensions, null)).toThrow(expect.objectContaining({ name: "ConfigError", code: "badDimensions" }));
  });

  test("1111 dimensions are the last", () => {
    expect(sobol(1111, null).at(1)).toEqual(new Float64Array(1111).fill(0.5));
    expect(() => sobol(1112, null)).toThrow(LimitError);
  });

  test.each([-1, 0.5, NaN])("index %s is refused", (index) => {
    expect(() => sobol(2, null).at(index)).toThrow(expect.objectContaining({ name: "ConfigError", code: "badIndex" }));
  });

  test("indices from 2^32 on are beyond the limit", () => {
    expect(() => sobol(2, null).at(twoTo32)).toThrow(expect.objectContaining({ name: "LimitError", code: "indexTooLarge" }));
    expect(() => sobol(2, null).fill(twoTo32 - 1, 2, new Float64Array(4))).toThrow(LimitError);
  });

  test("an output that cannot hold the points is refused", () => {
    expect(() => sobol(3, null).fill(0, 2, new Float64Array(5))).toThrow(expect.objectContaining({ code: "outTooShort" }));
  });
});
