import { describe, expect, it } from "vitest";
import { distributionOf, quantileLevels } from "./distribution.ts";

describe("a distribution", () => {
  it("has the moments and interpolated percentiles of 0 ... 20, whatever their order", () => {
    const values = Array.from({ length: 21 }, (_, index) => (index * 8) % 21);
    const { mean, sd, quantiles } = distributionOf(values);
    expect(mean).toBe(10);
    expect(sd).toBe(Math.sqrt(110 / 3)); // (n^2 - 1) / 12
    quantiles.forEach((quantile, index) => {
      expect(quantile).toBeCloseTo(20 * quantileLevels[index]!, 12);
    });
  });

  it("of two values interpolates between them", () => {
    const { mean, sd, quantiles } = distributionOf([3, 1]);
    expect([mean, sd]).toEqual([2, 1]);
    expect(quantiles[2]).toBe(2);
    expect(quantiles[0]).toBeCloseTo(1.1, 15);
  });

  it("of one value is that value", () => {
    expect(distributionOf([-7])).toEqual({ mean: -7, sd: 0, quantiles: [-7, -7, -7, -7, -7] });
  });

  it("with NaN among the values is NaN throughout", () => {
    const { mean, sd, quantiles } = distributionOf([1, NaN, 2]);
    expect([mean, sd, ...quantiles].every(Number.isNaN)).toBe(true);
  });
});
