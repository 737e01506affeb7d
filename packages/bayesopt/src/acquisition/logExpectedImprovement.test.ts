import { describe, expect, it } from "vitest";
import { logExpectedImprovement } from "./logExpectedImprovement.ts";

const largest = Number.MAX_VALUE;

function at(incumbent: number, mean: number, variance: number): readonly [value: number, byMean: number, byVariance: number] {
  const out = { value: NaN, byMean: NaN, byVariance: NaN };
  logExpectedImprovement(incumbent)(mean, variance, out);
  return [out.value, out.byMean, out.byVariance];
}

describe("log expected improvement", () => {
  it("is the logarithm of sigma (u Phi(u) + phi(u)): sigma / sqrt(2 pi) where the mean is the incumbent", () => {
    const [value, byMean, byVariance] = at(3, 3, 4);
    expect(value).toBeCloseTo(Math.log(2 / Math.sqrt(2 * Math.PI)), 14);
    // -Phi(0) / EI and phi(0) / (2 sigma EI).
    expect(byMean).toBeCloseTo((-0.5 * Math.sqrt(2 * Math.PI)) / 2, 14);
    expect(byVariance).toBeCloseTo(1 / 8, 14);
  });

  it("ranks points whose expected improvement underflows", () => {
    expect(at(0, 100, 1)[0]).toBeGreaterThan(at(0, 101, 1)[0]);
    expect(at(0, 1e100, 1)[0]).toBe(-5e199);
  });

  it("is the logarithm of the certain improvement at variance 0, and of a variance below 0", () => {
    expect(at(5, 3, 0)).toEqual([Math.log(2), -0.5, 0]);
    expect(at(5, 3, -1e-20)).toEqual([Math.log(2), -0.5, 0]);
    expect(at(5, 5, 0)).toEqual([-Infinity, 0, 0]);
    expect(at(5, 6, 0)).toEqual([-Infinity, 0, 0]);
  });

  it("stays right at the least and at the greatest variances", () => {
    expect(at(1, 0, 5e-324)).toEqual([0, -1, 0]);
    expect(at(0, 0, 5e-324)[0]).toBeCloseTo(0.5 * Math.log(5e-324) - 0.5 * Math.log(2 * Math.PI), 11);
    expect(at(0, 1, 5e-324)).toEqual([-Infinity, -largest, largest]);
    expect(at(0, 0, 1e308)[0]).toBeCloseTo(0.5 * Math.log(1e308) - 0.5 * Math.log(2 * Math.PI), 11);
    expect(at(0, 0, Infinity)).toEqual([largest, -0, 0]);
  });

  it("is -Infinity everywhere for the incumbent -Infinity, and as great as can be for Infinity", () => {
    expect(at(-Infinity, 0, 1)).toEqual([-Infinity, 0, 0]);
    expect(at(-Infinity, -Infinity, 1)).toEqual([-Infinity, 0, 0]);
    expect(at(Infinity, 0, 1)).toEqual([largest, -0, 0]);
    expect(at(Infinity, 0, Infinity)).toEqual([largest, -0, 0]);
  });

  it("knows a difference that overflows", () => {
    expect(at(1e308, -1e308, 1)[0]).toBeCloseTo(Math.log(1e308) + Math.LN2, 11);
  });

  it("is worth -Infinity where the model says NaN", () => {
    expect(at(0, NaN, 1)).toEqual([-Infinity, 0, 0]);
    expect(at(0, 0, NaN)).toEqual([-Infinity, 0, 0]);
  });
});
