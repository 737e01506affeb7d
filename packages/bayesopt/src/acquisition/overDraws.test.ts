import { describe, expect, it } from "vitest";
import { logExpectedImprovement } from "./logExpectedImprovement.ts";
import { logExpectedImprovementOverDraws } from "./overDraws.ts";

function at(incumbents: readonly number[], means: readonly number[], variance: number) {
  const out = { value: NaN, byMean: new Float64Array(means.length), byVariance: NaN };
  logExpectedImprovementOverDraws(Float64Array.from(incumbents))(Float64Array.from(means), variance, out);
  return out;
}

function single(incumbent: number, mean: number, variance: number) {
  const out = { value: NaN, byMean: NaN, byVariance: NaN };
  logExpectedImprovement(incumbent)(mean, variance, out);
  return out;
}

describe("log expected improvement over draws", () => {
  it("is log expected improvement where all draws agree", () => {
    const { value, byMean, byVariance } = at([1, 1, 1, 1], [2, 2, 2, 2], 0.5);
    const one = single(1, 2, 0.5);
    expect(value).toBeCloseTo(one.value, 14);
    expect(byMean.reduce((sum, slope) => sum + slope, 0)).toBeCloseTo(one.byMean, 14);
    expect(byVariance).toBeCloseTo(one.byVariance, 14);
  });

  it("is the logarithm of the mean of the draws' expected improvements", () => {
    const each = [single(0, 1, 2), single(-1, 0.5, 2), single(0.3, -0.2, 2)].map(({ value }) => Math.exp(value));
    expect(at([0, -1, 0.3], [1, 0.5, -0.2], 2).value).toBeCloseTo(Math.log((each[0]! + each[1]! + each[2]!) / 3), 14);
  });

  it("has the derivatives that differences of its values show", () => {
    const incumbents = [0, -1, 0.3];
    const means = [1, 0.5, -0.2];
    const { byMean, byVariance } = at(incumbents, means, 2);
    const step = 1e-5;
    means.forEach((_, draw) => {
      const moved = (by: number) =>
        at(
          incumbents,
          means.map((mean, other) => (other === draw ? mean + by : mean)),
          2,
        ).value;
      expect((moved(step) - moved(-step)) / (2 * step)).toBeCloseTo(byMean[draw]!, 9);
    });
    expect((at(incumbents, means, 2 + step).value - at(incumbents, means, 2 - step).value) / (2 * step)).toBeCloseTo(byVariance, 9);
  });

  it("does not underflow where every draw's improvement would", () => {
    expect(at([0, 0], [200, 300], 1).value).toBeCloseTo(single(0, 200, 1).value - Math.LN2, 10);
  });

  it("is never NaN, and its derivatives are finite", () => {
    const edges = [-Infinity, -1e308, 0, 5e-324, 1e308, Infinity, NaN];
    for (const incumbent of edges) {
      for (const mean of edges) {
        for (const variance of [...edges, 1]) {
          const { value, byMean, byVariance } = at([incumbent, 0], [mean, 1], variance);
          expect(value).not.toBeNaN();
          expect(Number.isFinite(byVariance) && byMean.every(Number.isFinite)).toBe(true);
        }
      }
    }
  });

  it("is -Infinity with slopes of 0 where no draw can improve", () => {
    expect(at([0, 0], [1, 2], 0)).toEqual({ value: -Infinity, byMean: new Float64Array(2), byVariance: 0 });
  });
});
