import { describe, expect, it } from "vitest";
import { quantile } from "./quantile.ts";

describe("the quantile of a sorted sample", () => {
  it("is the order statistic where the probability meets one", () => {
    const sorted = Float64Array.of(1, 2, 4, 8, 16);
    expect([0, 0.25, 0.5, 0.75, 1].map((probability) => quantile(sorted, probability))).toEqual([1, 2, 4, 8, 16]);
  });

  it("lies between its neighbours in proportion, as Hyndman and Fan's definition 7 has it", () => {
    expect(quantile(Float64Array.of(1, 2, 4, 8), 0.5)).toBe(3);
    expect(quantile(Float64Array.of(0, 10), 0.1)).toBe(1);
  });

  it("does not overflow between opposite ends of the doubles", () => {
    expect(quantile(Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE), 0.5)).toBe(0);
  });

  it("never leaves its neighbours by rounding", () => {
    const third = 1 / 3;
    expect(quantile(Float64Array.of(third, third, third, third), 0.1)).toBe(third);
    expect(quantile(Float64Array.of(5e-324, 1e-323), 0.5)).toBeGreaterThanOrEqual(5e-324);
  });

  it("of one value is that value", () => {
    expect(quantile(Float64Array.of(7), 0.75)).toBe(7);
  });
});
