import { describe, expect, it } from "vitest";
import { descents, largestError } from "../testing/accuracy.ts";
import { exactLog1p } from "../testing/exact.ts";
import { points } from "../testing/points.ts";
import { log1p } from "./log1p.ts";

const arguments_ = points("log1p", 100_000);

describe("log1p", () => {
  it("stays within 1 ulp of exact arithmetic on 10^5 points", () => {
    const worst = largestError(log1p, exactLog1p, arguments_);
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it("never descends from one double to the next, on 10^5 points", () => {
    expect(descents(log1p, arguments_)).toEqual([]);
  });

  it.each([
    [NaN, NaN],
    [0, 0],
    [-0, -0],
    [-1, -Infinity],
    [-1 - Number.EPSILON, NaN],
    [-Infinity, NaN],
    [Infinity, Infinity],
    [Number.MIN_VALUE, Number.MIN_VALUE],
    [-Number.MIN_VALUE, -Number.MIN_VALUE],
    [Number.MAX_VALUE, 709.782712893384],
    [1, Math.LN2],
  ])("log1p(%d) is %d", (x, value) => {
    expect(log1p(x)).toBe(value);
  });
});
