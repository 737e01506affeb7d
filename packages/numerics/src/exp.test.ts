import { describe, expect, it } from "vitest";
import { descents, largestError, nextAbove } from "../testing/accuracy.ts";
import { exactExp } from "../testing/exact.ts";
import { points } from "../testing/points.ts";
import { exp } from "./exp.ts";

const arguments_ = points("exp", 100_000);

describe("exp", () => {
  it("stays within 1 ulp of exact arithmetic on 10^5 points", () => {
    const worst = largestError(exp, exactExp, arguments_);
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it("never descends from one double to the next, on 10^5 points", () => {
    expect(descents(exp, arguments_)).toEqual([]);
  });

  it.each([
    [NaN, NaN],
    [0, 1],
    [-0, 1],
    [Infinity, Infinity],
    [-Infinity, 0],
    [Number.MIN_VALUE, 1],
    [-Number.MIN_VALUE, 1],
    [Number.MAX_VALUE, Infinity],
    [-Number.MAX_VALUE, 0],
  ])("exp(%d) is %d", (x, value) => {
    expect(exp(x)).toBe(value);
  });

  it("overflows and underflows between the doubles where the exact value does", () => {
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(nextAbove(709.782712893384))).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(Number.MIN_VALUE);
    expect(exp(-745.1332191019412)).toBe(0);
  });
});
