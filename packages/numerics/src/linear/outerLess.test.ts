import { describe, expect, it } from "vitest";
import { noise } from "../../testing/matrices.ts";
import { allocate } from "../wasm/block.ts";
import { outerLess } from "./outerLess.ts";
import * as twin from "./outerLess.twin.ts";

describe("an outer product less a matrix, halved", () => {
  it("has the bits of the plain loops, on one block and on separate arrays, and leaves what lies between rows alone", () => {
    for (const n of [0, 1, 2, 3, 4, 5, 8, 33, 100]) {
      for (const stride of [n, n + 1, n + 2]) {
        const [a, matrix] = allocate(n, n * stride);
        noise(a!, 1);
        noise(matrix!, 2);
        const [apart, wanted] = [matrix!.slice(), matrix!.slice()];
        const trace = twin.outerLess(a!, wanted, n, stride);
        expect(outerLess(a!.slice(), apart, n, stride)).toBe(trace);
        expect(outerLess(a!, matrix!, n, stride)).toBe(trace);
        expect(apart).toEqual(wanted);
        expect(matrix!).toEqual(wanted);
      }
    }
  });

  it("is, for a = (2, 3) and the identity, ((3/2, 3), (3, 4)) of trace 5.5", () => {
    const matrix = Float64Array.of(1, 0, 0, 1);
    expect(outerLess(Float64Array.of(2, 3), matrix, 2)).toBe(5.5);
    expect([...matrix]).toEqual([1.5, 3, 3, 4]);
  });

  it("refuses arrays that are too short", () => {
    expect(() => outerLess(new Float64Array(2), new Float64Array(9), 3)).toThrow(RangeError);
    expect(() => outerLess(new Float64Array(3), new Float64Array(8), 3)).toThrow(RangeError);
  });
});
