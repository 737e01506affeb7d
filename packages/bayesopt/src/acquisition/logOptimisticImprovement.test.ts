import { describe, expect, it } from "vitest";
import { logOptimisticImprovement } from "./logOptimisticImprovement.ts";
import { lowerConfidenceBound } from "./lowerConfidenceBound.ts";
import { newUtility } from "./utility.ts";

function at(
  mean: number,
  variance: number,
  incumbent = -1,
  beta = 2,
): { readonly value: number; readonly byMean: number; readonly byVariance: number } {
  const out = newUtility();
  logOptimisticImprovement(incumbent, beta)(mean, variance, out);
  return { ...out };
}

describe("the optimistic improvement", () => {
  it("is what the bound lies below the incumbent, in logarithms", () => {
    expect(at(-1.5, 0.25).value).toBeCloseTo(Math.log(1.5), 14);
    expect(at(0, 1).value).toBeCloseTo(Math.log(1), 14);
  });

  it("ranks points as the bound does, promising or not", () => {
    const pairs = [-3, -1.2, -1, -0.5, 0, 0.9, 1, 4].flatMap((mean) =>
      [0, 1e-12, 0.01, 0.3, 1].map((variance) => [mean, variance] as const),
    );
    const out = newUtility();
    const bounds = pairs.map(([mean, variance]) => {
      lowerConfidenceBound(2)(mean, variance, out);
      return out.value;
    });
    const values = pairs.map(([mean, variance]) => at(mean, variance).value);
    const order = (of: readonly number[]): readonly number[] => [...of.keys()].sort((a, b) => of[a]! - of[b]! || a - b);
    expect(order(values)).toEqual(order(bounds));
  });

  it("has the derivatives that differences have", () => {
    for (const [mean, variance] of [
      [-2, 0.5],
      [-0.4, 0.09],
      [1.5, 1.2],
      [3, 0.01],
    ] as const) {
      const { byMean, byVariance } = at(mean, variance);
      const scale = Math.max(1, Math.abs(byMean), Math.abs(byVariance));
      expect(Math.abs(byMean - (at(mean + 1e-6, variance).value - at(mean - 1e-6, variance).value) / 2e-6)).toBeLessThan(1e-6 * scale);
      expect(Math.abs(byVariance - (at(mean, variance + 1e-6).value - at(mean, variance - 1e-6).value) / 2e-6)).toBeLessThan(1e-6 * scale);
    }
  });

  it("is continuous, with its slope, where nothing is promised any more", () => {
    const edge = (side: number) => at(-1 - 1e-3 + side * 1e-12, 0);
    expect(edge(1).value).toBeCloseTo(edge(-1).value, 8);
    expect(edge(1).byMean / edge(-1).byMean).toBeCloseTo(1, 6);
  });

  it("is never NaN, and -Infinity only where the bound is", () => {
    const odd = [0, -0, 1e-320, 1, 1e308, -1e308, Infinity, -Infinity, NaN];
    for (const mean of odd)
      for (const variance of odd) {
        const { value, byMean, byVariance } = at(mean, variance);
        expect(Number.isNaN(value) || value === Infinity).toBe(false);
        expect(Number.isFinite(byMean) && Number.isFinite(byVariance)).toBe(true);
      }
    expect(at(NaN, 1).value).toBe(-Infinity);
  });
});
