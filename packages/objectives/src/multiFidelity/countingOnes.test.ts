import { type Config, type Key, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import golden from "../learningCurves/learningCurves.golden.json" with { type: "json" };
import { countingOnes } from "./countingOnes.ts";

const config = (switches: readonly number[], reals: readonly number[]): Config =>
  Object.fromEntries([...switches.map((value, k) => [`c${k + 1}`, value]), ...reals.map((value, k) => [`x${k + 1}`, value])]);

describe("counting ones", () => {
  it.each(golden.countingOnes)("$switches $reals has NumPy's samples", ({ switches, reals, values }) => {
    const fn = countingOnes(switches.length, reals.length);
    const got = [9, 27, 729].map((samples) => fn.evaluate(config(switches, reals), samples, golden.run as unknown as Key));
    got.forEach((value, n) => {
      expect(value).toBeCloseTo(values[n]!, 14);
    });
  });

  it("is unbiased, with the variance of b draws", () => {
    const fn = countingOnes(0, 2);
    const at = config([], [0.3, 0.8]);
    const count = 4000;
    const values = Array.from({ length: count }, (_, n) => fn.evaluate(at, 9, root(n)));
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    const stated = (0.3 * 0.7 + 0.8 * 0.2) / 9;
    expect(Math.abs(mean - fn.truth(at))).toBeLessThan(4 * Math.sqrt(stated / count));
    expect(Math.abs(variance / stated - 1)).toBeLessThan(0.1);
  });

  it("continues the draws of a shorter run", () => {
    const fn = countingOnes(0, 1);
    const ones = [9, 10, 11, 12, 20].map((samples) => -samples * fn.evaluate({ x1: 0.5 }, samples, root(4)));
    ones.slice(1).forEach((count, n) => {
      expect(count - ones[n]!).toBeGreaterThanOrEqual(-1e-9);
      expect(count - ones[n]!).toBeLessThanOrEqual([1, 1, 1, 8][n]! + 1e-9);
    });
  });

  it("has no noise in its corners", () => {
    const fn = countingOnes(2, 2);
    expect(fn.evaluate(config([1, 0], [1, 0]), 9, root(1))).toBe(-2);
    expect(fn.evaluate(fn.minimisers[0]!, 9, root(1))).toBe(-4);
    expect(fn.optimum).toEqual({ value: -4, tolerance: 0 });
  });
});
