import { describe, expect, it } from "vitest";
import { descents, largestError } from "../testing/accuracy.ts";
import { exactTanh } from "../testing/exact.ts";
import { points } from "../testing/points.ts";
import { tanh } from "./tanh.ts";

const arguments_ = points("tanh", 100_000);

describe("tanh", () => {
  it("stays within 2.5 ulp of exact arithmetic on 10^5 points", () => {
    const worst = largestError(tanh, exactTanh, arguments_);
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(2.5);
  });

  it("never leaves [-1, 1]", () => {
    expect(Array.from(arguments_).filter((x) => Math.abs(tanh(x)) > 1)).toEqual([]);
  });

  it("never descends from one double to the next, on 10^5 points", () => {
    expect(descents(tanh, arguments_)).toEqual([]);
  });

  it.each([
    [NaN, NaN],
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [22, 1],
    [-22, -1],
    [Number.MIN_VALUE, Number.MIN_VALUE],
    [-Number.MIN_VALUE, -Number.MIN_VALUE],
    [Number.MAX_VALUE, 1],
  ])("tanh(%d) is %d", (x, value) => {
    expect(tanh(x)).toBe(value);
  });
});
