import { describe, expect, it } from "vitest";
import { fitScale, robustScale } from "./robustScale.ts";
import golden from "./warp.golden.json" with { type: "json" };

const { MAX_VALUE, MIN_VALUE } = Number;

describe("the robust scale", () => {
  it.each(golden.samples)("is SciPy's median and median absolute deviation: $name", ({ y, scaled }) => {
    const { forward } = robustScale(fitScale(Float64Array.from(y).sort()));
    y.forEach((value, i) => {
      expect(Math.abs(forward(value) - scaled[i]!)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(scaled[i]!)));
    });
  });

  it("falls back to the range where more than half of the values are equal, and to 1 where all are", () => {
    expect(fitScale(Float64Array.of(2, 2, 2, 2, 9))).toEqual({ centre: 2, spread: 7 });
    expect(fitScale(Float64Array.of(2, 2, 2))).toEqual({ centre: 2, spread: 1 });
    expect(fitScale(Float64Array.of(1e308))).toEqual({ centre: 1e308, spread: 1 });
  });

  it("does not mind one outlier of 1e300", () => {
    const { forward } = robustScale(fitScale(Float64Array.of(1, 2, 3, 4, 1e300)));
    expect(forward(2)).toBe(-1 / 1.482602218505602);
    expect(forward(1e300)).toBeCloseTo(1e6 * (1 + Math.log(1e294 / 1.482602218505602)), 3);
  });

  it("is finite for every double, whatever it was fitted to", () => {
    const fits = [[0, 5e-324, 1e-323], [-1e308, 1e308], [-MAX_VALUE, MAX_VALUE, MAX_VALUE], [-MAX_VALUE], [1, 2, 3]];
    for (const values of fits) {
      const { forward, inverse, logSlope } = robustScale(fitScale(Float64Array.from(values)));
      for (const x of [-MAX_VALUE, -1, -MIN_VALUE, -0, 0, MIN_VALUE, 1, MAX_VALUE]) {
        expect(Math.abs(forward(x))).toBeLessThan(2e9);
        expect(logSlope(x)).toBeGreaterThan(-800);
        expect(logSlope(x)).toBeLessThan(800);
        expect(inverse(forward(x))).not.toBeNaN();
      }
      for (const z of [-Infinity, -MAX_VALUE, -1e7, 1e7, MAX_VALUE, Infinity]) expect(Number.isFinite(inverse(z))).toBe(true);
    }
  });

  it("leads 1e308 and -1e308 back to themselves", () => {
    const { forward, inverse } = robustScale(fitScale(Float64Array.of(-1e308, 1e308)));
    expect(forward(1e308)).toBe(1 / 1.482602218505602);
    expect(inverse(forward(1e308)) / 1e308).toBeCloseTo(1, 14);
    expect(inverse(forward(-1e308)) / -1e308).toBeCloseTo(1, 14);
  });

  it("passes a million deviations without a step, and with no kink", () => {
    const { forward, logSlope } = robustScale({ centre: 3, spread: 0.25 });
    const edge = 3 + 0.25e6;
    expect(forward(edge)).toBe(1e6);
    expect(forward(edge * (1 + 1e-12))).toBeGreaterThanOrEqual(1e6);
    expect(forward(edge * (1 + 1e-12))).toBeCloseTo(1e6, 5);
    expect(logSlope(edge * (1 + 1e-12))).toBeCloseTo(logSlope(edge), 10);
  });

  it("takes -0 for 0", () => {
    expect(Object.is(robustScale({ centre: 0, spread: 1 }).forward(-0), 0)).toBe(true);
  });
});
