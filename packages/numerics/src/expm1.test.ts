import { describe, expect, it } from "vitest";
import { descents, largestError, nextAbove } from "../testing/accuracy.ts";
import { exactExpm1 } from "../testing/exact.ts";
import { points } from "../testing/points.ts";
import { expm1 } from "./expm1.ts";

const arguments_ = points("expm1", 100_000);

describe("expm1", () => {
  it("stays within 1 ulp of exact arithmetic on 10^5 points", () => {
    const worst = largestError(expm1, exactExpm1, arguments_);
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it("never descends from one double to the next, on 10^5 points", () => {
    expect(descents(expm1, arguments_)).toEqual([]);
  });

  it.each([
    [NaN, NaN],
    [0, 0],
    [-0, -0],
    [Infinity, Infinity],
    [-Infinity, -1],
    [Number.MIN_VALUE, Number.MIN_VALUE],
    [-Number.MIN_VALUE, -Number.MIN_VALUE],
    [Number.MAX_VALUE, Infinity],
    [-Number.MAX_VALUE, -1],
    [-40, -1],
  ])("expm1(%d) is %d", (x, value) => {
    expect(expm1(x)).toBe(value);
  });

  it("overflows between the doubles where the exact value does", () => {
    expect(expm1(709.782712893384)).toBeLessThan(Infinity);
    expect(expm1(nextAbove(709.782712893384))).toBe(Infinity);
  });
});
