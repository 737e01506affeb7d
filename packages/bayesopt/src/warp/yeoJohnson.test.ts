import { describe, expect, it } from "vitest";
import golden from "./warp.golden.json" with { type: "json" };
import { fitYeoJohnson, profileLikelihood, signedLog, yeoJohnson } from "./yeoJohnson.ts";

describe("the Yeo-Johnson transformation", () => {
  it.each(golden.samples)("has SciPy's values: $name", ({ scaled: y, yeoJohnson: { images } }) => {
    for (const [power, expected] of images as [number, number[]][]) {
      const { forward } = yeoJohnson(power);
      y.forEach((x, i) => {
        expect(Math.abs(forward(x) - expected[i]!)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected[i]!)));
      });
    }
  });

  it.each(golden.samples)("has SciPy's likelihood: $name", ({ scaled: y, yeoJohnson: { likelihoods } }) => {
    for (const [power, expected] of likelihoods as [number, number][]) {
      expect(Math.abs(profileLikelihood(power, Float64Array.from(y, signedLog)) - expected)).toBeLessThanOrEqual(
        1e-11 * Math.max(1, Math.abs(expected)),
      );
    }
  });

  it.each(golden.samples)("is fitted where SciPy's likelihood is greatest in [0, 2]: $name", ({ scaled: y, yeoJohnson: { lambda } }) => {
    expect(Math.abs(fitYeoJohnson(Float64Array.from(y)) - lambda)).toBeLessThan(3e-4);
  });

  it("at 1 is the identity, at 0 the logarithm of the bad tail, at 2 that of the good one", () => {
    expect(yeoJohnson(1).forward(2.5)).toBeCloseTo(2.5, 14);
    expect(yeoJohnson(1).forward(-2.5)).toBeCloseTo(-2.5, 14);
    expect(yeoJohnson(0).forward(2.5)).toBe(Math.log1p(2.5));
    expect(yeoJohnson(2).forward(-2.5)).toBe(-Math.log1p(2.5));
  });

  it("mirrors: psi(lambda, x) = -psi(2 - lambda, -x)", () => {
    for (const x of [-3, -0.1, 0.1, 3]) expect(yeoJohnson(0.25).forward(x)).toBe(-yeoJohnson(1.75).forward(-x));
  });

  it("stays exact as the power nears 0, where the definition cancels", () => {
    for (const lambda of [1e-5, 1e-12, 1e-99, 1e-101, 5e-324]) {
      const { forward, inverse } = yeoJohnson(lambda);
      expect(Math.abs(forward(4) - Math.log1p(4) * (1 + (lambda * Math.log1p(4)) / 2))).toBeLessThan(1e-9);
      expect(Math.abs(inverse(forward(4)) - 4)).toBeLessThan(1e-14);
    }
  });

  it("leaves equal values alone", () => {
    expect(fitYeoJohnson(Float64Array.of(0, 0, 0))).toBe(1);
    expect(fitYeoJohnson(Float64Array.of(0))).toBe(1);
  });
});
