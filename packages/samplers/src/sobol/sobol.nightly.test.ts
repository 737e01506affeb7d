/** The Sobol sequence from end to end of its 2^32 points, and its net property at sizes that a commit cannot afford. */
import { root } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { sobol } from "./sobol.ts";

const twoTo32 = 2 ** 32;

describe.each([
  ["first", 0],
  ["last", 2 ** 32 - 2 ** 28],
])("the %s 2^28 points", (_place, from) => {
  test.each([
    ["plain", null, 1, 0],
    ["plain", null, 2, 1],
    ["scrambled", root("all points"), 2, 1],
  ])("of the %s sequence lie one in each of 2^28 cells of an axis", (_name, key, dimensions, axis) => {
    const sequence = sobol(dimensions, key);
    const count = 2 ** 16;
    const points = new Float64Array(count * dimensions);
    const visited = new Uint32Array(2 ** 23);
    for (let start = from; start < from + 2 ** 28; start += count) {
      sequence.fill(start, count, points);
      for (let at = axis; at < points.length; at += dimensions) {
        const cell = Math.floor(points[at]! * 2 ** 28);
        visited[cell >>> 5]! |= 1 << (cell & 31);
      }
    }
    expect(visited.findIndex((word) => word !== 0xffff_ffff)).toBe(-1);
  });
});

describe.each([
  ["plain", null],
  ["scrambled", root("places")],
])("the %s sequence", (_name, key) => {
  test("gives each of its points alone as it gives them in rows, at the beginning, the end and 500 places between", () => {
    for (const dimensions of [1, 7, 1111]) {
      const sequence = sobol(dimensions, key);
      const points = new Float64Array(3 * dimensions);
      for (let place = 0; place <= 500; place++) {
        const start = Math.floor((place / 500) * (twoTo32 - 3));
        sequence.fill(start, 3, points);
        for (let row = 0; row < 3; row++) {
          const alone = sequence.at(start + row);
          for (let j = 0; j < dimensions; j++) {
            if (alone[j] !== points[row * dimensions + j]) expect.fail(`point ${start + row}, axis ${j} of ${dimensions}`);
          }
        }
      }
    }
  });
});

describe("scrambled, 4096 points", () => {
  test.each([
    [2, 0],
    [3, 1],
    [4, 3],
    [5, 4],
  ])("in %i dimensions have one point in 2^t in every elementary interval, t = %i, under 20 keys, wherever they begin", (d, t) => {
    const m = 12;
    const n = 2 ** m;
    const points = new Float64Array(n * d);
    for (let seed = 0; seed < 20; seed++) {
      for (const start of [0, 3 * n, twoTo32 - n]) {
        sobol(d, root(seed)).fill(start, n, points);
        for (const digits of compositions(m - t, d)) {
          const counts = new Uint32Array(2 ** (m - t));
          for (let row = 0; row < points.length; row += d) {
            let cell = 0;
            for (let j = 0; j < d; j++) cell = cell * 2 ** digits[j]! + Math.floor(points[row + j]! * 2 ** digits[j]!);
            counts[cell]!++;
          }
          if (!counts.every((count) => count === 2 ** t)) expect.fail(`seed ${seed}, from ${start}: ${digits.join()}`);
        }
      }
    }
  });
});

/** Every way to write `total` as an ordered sum of `parts` whole numbers. */
function compositions(total: number, parts: number): number[][] {
  if (parts === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) => compositions(total - first, parts - 1).map((rest) => [first, ...rest])).flat();
}
