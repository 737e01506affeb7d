import { describe, expect, it } from "vitest";
import { noise } from "../../testing/matrices.ts";
import { allocate } from "../wasm/block.ts";
import { addWeightedRows, combineRows, greatestSquares, subtractSquares } from "./rows.ts";
import * as twin from "./rows.twin.ts";

type Sums = Pick<typeof twin, "addWeightedRows" | "subtractSquares" | "greatestSquares">;
const shapes = [0, 1, 2, 5, 33].flatMap((n) => [0, 1, 2, 7, 8, 9, 16, 31, 70].map((m) => [n, m] as const));

describe("sums down the columns, and combinations,", () => {
  it("have the bits of the plain loops, on one block and on separate arrays", () => {
    for (const [n, m] of shapes) {
      const [weights, c, out] = allocate(n, n * m, m);
      [weights, c, out].forEach((array, seed) => {
        noise(array!, seed);
      });
      for (const run of [
        (of: Sums, to: Float64Array) => of.addWeightedRows(weights!, c!, n, m, to),
        (of: Sums, to: Float64Array) => of.subtractSquares(c!, n, m, to),
        (of: Sums, to: Float64Array) => of.greatestSquares(weights!, c!, n, m, to),
      ]) {
        const [apart, wanted] = [out!.slice(), out!.slice()];
        run(twin, wanted);
        run({ addWeightedRows, subtractSquares, greatestSquares }, apart);
        run({ addWeightedRows, subtractSquares, greatestSquares }, out!);
        expect(apart).toEqual(wanted);
        expect(out!).toEqual(wanted);
      }
    }
  });

  it("combine in place to the bits of the plain loops", () => {
    for (const [n, m] of shapes) {
      const [factors, c, weights, others] = allocate(m, n * m, n, m);
      [factors, c, weights, others].forEach((array, seed) => {
        noise(array!, seed);
      });
      const [apart, wanted] = [c!.slice(), c!.slice()];
      twin.combineRows(factors!, wanted, weights!, others!, n, m);
      combineRows(factors!, apart, weights!, others!, n, m);
      combineRows(factors!, c!, weights!, others!, n, m);
      expect(apart).toEqual(wanted);
      expect(c!).toEqual(wanted);
    }
    const c = Float64Array.of(1, 2, 3, 4);
    combineRows(Float64Array.of(2, 3), c, Float64Array.of(10, 100), Float64Array.of(5, 7), 2, 2);
    expect([...c]).toEqual([52, 76, 506, 712]);
  });

  it("of the matrix ((1, 2), (3, 4)) with weights 10 and 1 are 13 and 24, its squares 10 and 20, the greatest times 7 and 1 are 9 and 28", () => {
    const out = Float64Array.of(0, 0);
    addWeightedRows(Float64Array.of(10, 1), Float64Array.of(1, 2, 3, 4), 2, 2, out);
    expect([...out]).toEqual([13, 24]);
    out.fill(0);
    subtractSquares(Float64Array.of(1, 2, 3, 4), 2, 2, out);
    expect([...out]).toEqual([-10, -20]);
    greatestSquares(Float64Array.of(7, 1), Float64Array.of(1, 2, 3, 4), 2, 2, out);
    expect([...out]).toEqual([9, 28]);
  });

  it("refuse arrays that are too short", () => {
    const [three, six] = [new Float64Array(3), new Float64Array(6)];
    expect(() => addWeightedRows(new Float64Array(1), six, 2, 3, three)).toThrow(RangeError);
    expect(() => addWeightedRows(three, six, 3, 3, three)).toThrow(RangeError);
    expect(() => combineRows(three, six, three, new Float64Array(2), 2, 3)).toThrow(RangeError);
    expect(() => subtractSquares(six, 2, 3, new Float64Array(2))).toThrow(RangeError);
  });
});
