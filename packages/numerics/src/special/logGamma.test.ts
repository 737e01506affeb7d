import { describe, expect, it } from "vitest";
import { logGamma } from "./logGamma.ts";

describe("logGamma", () => {
  it.each([
    [NaN, NaN],
    [-Infinity, NaN],
    [-1, NaN],
    [-Number.MIN_VALUE, NaN],
    [0, Infinity],
    [1, 0],
    [2, 0],
    [2.56e305, Infinity],
    [Number.MAX_VALUE, Infinity],
    [Infinity, Infinity],
  ])("of %d is %d", (x, value) => {
    expect(logGamma(x)).toBe(value);
  });

  it("is the logarithm of the factorial one below", () => {
    let factorial = 1;
    for (let n = 2; n <= 18; n++) {
      factorial *= n;
      expect(logGamma(n + 1) / Math.log(factorial)).toBeCloseTo(1, 14);
    }
  });

  it("is finite up to 2.55e305 and -log x next to zero", () => {
    expect(logGamma(2.55e305)).toBeLessThan(Infinity);
    expect(logGamma(Number.MIN_VALUE)).toBeCloseTo(1074 * Math.LN2, 12);
  });
});
