import { describe, expect, it } from "vitest";
import { erf, erfc, erfcx } from "./erf.ts";

describe("erf", () => {
  it.each([
    [-Infinity, -1],
    [-Number.MAX_VALUE, -1],
    [-6, -1],
    [-0, -0],
    [0, 0],
    [6, 1],
    [Number.MAX_VALUE, 1],
    [Infinity, 1],
    [NaN, NaN],
  ])("of %d is %d", (x, value) => {
    expect(erf(x)).toBe(value);
  });

  it("is 2 x / sqrt(pi) next to zero, down to the least double", () => {
    for (const x of [1e-12, 1e-160, 1e-307]) expect(erf(x) / x).toBeCloseTo(2 / Math.sqrt(Math.PI), 15);
    expect(erf(Number.MIN_VALUE)).toBe(Number.MIN_VALUE);
  });

  it("has the values of Abramowitz and Stegun, table 7.1", () => {
    expect(erf(0.5)).toBeCloseTo(0.5204998778, 10);
    expect(erf(1)).toBeCloseTo(0.8427007929, 10);
    expect(erf(2)).toBeCloseTo(0.995322265, 10);
  });
});

describe("erfc", () => {
  it.each([
    [-Infinity, 2],
    [-Number.MAX_VALUE, 2],
    [0, 1],
    [27.3, 0],
    [Number.MAX_VALUE, 0],
    [Infinity, 0],
    [NaN, NaN],
  ])("of %d is %d", (x, value) => {
    expect(erfc(x)).toBe(value);
  });

  it("falls through the subnormals to zero between 26.54 and 27.23", () => {
    expect(erfc(26.543)).toBeGreaterThanOrEqual(2 ** -1022);
    expect(erfc(26.544)).toBeLessThan(2 ** -1022);
    expect(erfc(27.22)).toBeGreaterThan(0);
    expect(erfc(27.23)).toBe(0);
  });
});

describe("erfcx", () => {
  it.each([
    [-Infinity, Infinity],
    [-Number.MAX_VALUE, Infinity],
    [-26.7, Infinity],
    [0, 1],
    [Infinity, 0],
    [NaN, NaN],
  ])("of %d is %d", (x, value) => {
    expect(erfcx(x)).toBe(value);
  });

  it("is finite down to -26.628", () => {
    expect(erfcx(-26.628)).toBeLessThan(Infinity);
    expect(erfcx(-26.629)).toBe(Infinity);
  });

  it("falls as 1 / (x sqrt(pi)) up to the largest double", () => {
    for (const x of [1e10, 1e160, 1e300]) expect(erfcx(x) * x * Math.sqrt(Math.PI)).toBeCloseTo(1, 14);
    expect(erfcx(Number.MAX_VALUE)).toBeGreaterThan(0);
  });
});
