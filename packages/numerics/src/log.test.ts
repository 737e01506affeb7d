import { describe, expect, it } from "vitest";
import { descents, largestError } from "../testing/accuracy.ts";
import { exactLog } from "../testing/exact.ts";
import { points } from "../testing/points.ts";
import { log } from "./log.ts";

const arguments_ = points("log", 100_000);

describe("log", () => {
  it("stays within 1 ulp of exact arithmetic on 10^5 points", () => {
    const worst = largestError(log, exactLog, arguments_);
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it("never descends from one double to the next, on 10^5 points", () => {
    expect(descents(log, arguments_)).toEqual([]);
  });

  it.each([
    [NaN, NaN],
    [0, -Infinity],
    [-0, -Infinity],
    [1, 0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [-1, NaN],
    [-Number.MIN_VALUE, NaN],
    [Number.MIN_VALUE, -744.4400719213812],
    [Number.MAX_VALUE, 709.782712893384],
    [2, Math.LN2],
    [10, Math.LN10],
  ])("log(%d) is %d", (x, value) => {
    expect(log(x)).toBe(value);
  });
});
