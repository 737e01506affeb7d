import { describe, expect, it } from "vitest";
import { logProbabilityOfFeasibility } from "./logProbabilityOfFeasibility.ts";
import { logProbabilityOfImprovement } from "./logProbabilityOfImprovement.ts";

function at(means: readonly number[], variances: readonly number[]) {
  const out = { value: NaN, byMean: new Float64Array(means.length), byVariance: new Float64Array(means.length) };
  logProbabilityOfFeasibility()(Float64Array.from(means), Float64Array.from(variances), out);
  return out;
}

describe("log probability of feasibility", () => {
  it("adds the logarithms of Phi(-mean / sigma), each with its own derivatives", () => {
    const { value, byMean, byVariance } = at([1, -2, 0], [1, 4, 9]);
    // log Phi(-1) + log Phi(1) + log Phi(0)
    expect(value).toBeCloseTo(-1.8410216450092636 - 0.17275377902344988 - Math.LN2, 14);
    const one = { value: NaN, byMean: NaN, byVariance: NaN };
    [1, -2, 0].forEach((mean, index) => {
      logProbabilityOfImprovement(0)(mean, [1, 4, 9][index]!, one);
      expect([byMean[index], byVariance[index]]).toEqual([one.byMean, one.byVariance]);
    });
  });

  it("is 0 without constraints", () => {
    expect(at([], []).value).toBe(0);
  });

  it("takes a constraint known to be exactly 0 as satisfied, one known to be above as broken", () => {
    expect(at([0, -1], [0, 0]).value).toBe(0);
    expect(at([0, 1e-300], [0, 0]).value).toBe(-Infinity);
  });

  it("is never NaN", () => {
    for (const edge of [-Infinity, -1e308, 0, 5e-324, 1e308, Infinity, NaN]) {
      for (const variance of [-1, 0, 5e-324, 1e308, Infinity, NaN]) {
        const { value, byMean, byVariance } = at([edge, 1], [variance, 1]);
        expect(value).not.toBeNaN();
        expect([...byMean, ...byVariance].every(Number.isFinite)).toBe(true);
      }
    }
  });
});
