import { describe, expect, it } from "vitest";
import { logProbabilityOfImprovement } from "./logProbabilityOfImprovement.ts";

function at(incumbent: number, mean: number, variance: number): readonly [value: number, byMean: number, byVariance: number] {
  const out = { value: NaN, byMean: NaN, byVariance: NaN };
  logProbabilityOfImprovement(incumbent)(mean, variance, out);
  return [out.value, out.byMean, out.byVariance];
}

describe("log probability of improvement", () => {
  it("is log 1/2 where the mean is the incumbent, whatever the variance", () => {
    for (const variance of [5e-324, 1, 1e308]) expect(at(2, 2, variance)[0]).toBeCloseTo(-Math.LN2, 15);
    expect(at(2, 2, 9)[1]).toBeCloseTo(-2 / Math.sqrt(2 * Math.PI) / 3, 15);
    expect(at(2, 2, 9)[2]).toBe(-0);
  });

  it("continues to fall where the probability underflows", () => {
    expect(at(0, 60, 1)[0]).toBeCloseTo(-1805.013560680567, 10);
    expect(at(0, 1e100, 1)[0]).toBe(-5e199);
  });

  it("is certain or impossible at variance 0", () => {
    expect(at(2, 1, 0)).toEqual([0, 0, 0]);
    expect(at(2, 2, 0)).toEqual([-Infinity, 0, 0]);
    expect(at(2, 3, 0)).toEqual([-Infinity, 0, 0]);
  });

  it("is -Infinity for the incumbent -Infinity and 0 for Infinity", () => {
    expect(at(-Infinity, 0, 1)).toEqual([-Infinity, 0, 0]);
    expect(at(Infinity, 0, 1)).toEqual([0, 0, 0]);
  });
});
