import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { lowerConfidenceBound } from "./lowerConfidenceBound.ts";

function at(beta: number, mean: number, variance: number): readonly [value: number, byMean: number, byVariance: number] {
  const out = { value: NaN, byMean: NaN, byVariance: NaN };
  lowerConfidenceBound(beta)(mean, variance, out);
  return [out.value, out.byMean, out.byVariance];
}

describe("the lower confidence bound", () => {
  it("is beta sigma - mean", () => {
    expect(at(1.8, 5, 4)).toEqual([-1.4, -1, 0.45]);
    expect(at(0, 5, 4)).toEqual([-5, -1, 0]);
  });

  it("is minus the mean at variance 0 and below", () => {
    expect(at(1.8, 5, 0)).toEqual([-5, -1, 0]);
    expect(at(1.8, 5, -1e-18)).toEqual([-5, -1, 0]);
  });

  it("holds at the ends of the range", () => {
    expect(at(2, 0, 5e-324)[2]).toBeGreaterThan(1e161);
    expect(at(2, 0, 1e308)[0]).toBeCloseTo(2e154, -140);
    expect(at(2, 1, Infinity)).toEqual([Number.MAX_VALUE, -1, 0]);
    expect(at(2, Infinity, Infinity)).toEqual([-Infinity, 0, 0]);
    expect(at(0, 1, Infinity)).toEqual([-1, -1, 0]);
  });

  it.each([-1, Infinity, NaN])("is not made with beta = %d", (beta) => {
    expect(() => lowerConfidenceBound(beta)).toThrow(ConfigError);
  });
});
