import { describe, expect, it } from "vitest";
import { sobolPoints } from "./sobolPoints.ts";
import { sobolPoint } from "./sobolPoints.twin.ts";

/** Any numbers will do for directions and seeds: the kernel knows nothing of primitive polynomials. */
function words(length: number, seed: number): Int32Array {
  let state = seed;
  return Int32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state ^ (state >>> 15);
  });
}

function rows(dimensions: number, seeds: Int32Array | null, start: number, count: number): Float64Array {
  const out = new Float64Array(count * dimensions);
  sobolPoints(words(32 * dimensions, 1), seeds)(start, count, out);
  return out;
}

describe("the SIMD kernel of the Sobol sequence", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 33, 1111])("has the bits of the plain loops in %i dimensions, scrambled or not", (dimensions) => {
    const count = dimensions > 100 ? 5 : 700;
    let different = 0;
    for (const seeds of [null, words(2 * dimensions, 2)]) {
      for (const start of [0, 1, 255, 2 ** 31 - 3, 2 ** 32 - count]) {
        const points = rows(dimensions, seeds, start, count);
        for (let i = 0; i < count; i += dimensions > 8 ? 3 : 1) {
          const row = points.subarray(i * dimensions, (i + 1) * dimensions);
          const plain = sobolPoint(words(32 * dimensions, 1), seeds, start + i);
          if (!row.every((x, j) => Object.is(x, plain[j]))) different++;
        }
      }
    }
    expect(different).toBe(0);
  });

  it("makes points of several sequences alternately", () => {
    const [few, many] = [sobolPoints(words(64, 3), null), sobolPoints(words(320, 4), words(20, 5))];
    const [a, b, again] = [new Float64Array(6), new Float64Array(30), new Float64Array(6)];
    few(10, 3, a);
    many(10, 3, b);
    few(10, 3, again);
    expect(again).toEqual(a);
    expect(a.subarray(2, 4)).toEqual(sobolPoint(words(64, 3), null, 11));
    expect(b.subarray(10, 20)).toEqual(sobolPoint(words(320, 4), words(20, 5), 11));
  });

  it("writes what it was asked for and no more", () => {
    const out = new Float64Array(20).fill(-1);
    sobolPoints(words(96, 6), null)(7, 4, out.subarray(3, 15));
    expect(Array.from(out, (x) => x === -1)).toEqual(Array.from(out, (_, at) => at < 3 || at >= 15));
    sobolPoints(words(96, 6), null)(7, 0, out.subarray(0, 0));
    expect(out[2]).toBe(-1);
  });

  it("lies strictly inside the unit interval when scrambled, and in [0, 1) otherwise", () => {
    const inside = rows(7, words(14, 8), 0, 3000);
    expect(inside.every((x) => x > 0 && x < 1)).toBe(true);
    expect(rows(7, null, 0, 3000).every((x) => x >= 0 && x < 1)).toBe(true);
  });

  it("refuses points beyond 2^32 and arrays that are too short", () => {
    const fill = sobolPoints(words(64, 9), null);
    expect(() => fill(2 ** 32 - 1, 2, new Float64Array(4))).toThrow(RangeError);
    expect(() => fill(-1, 2, new Float64Array(4))).toThrow(RangeError);
    expect(() => fill(0, 3, new Float64Array(5))).toThrow(RangeError);
  });
});
