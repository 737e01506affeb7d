import { describe, expect, it } from "vitest";
import { log1mexp } from "./log1mexp.ts";

describe("log1mexp", () => {
  it.each([
    [NaN, NaN],
    [-Infinity, NaN],
    [-1, NaN],
    [0, -Infinity],
    [Number.MAX_VALUE, -0],
    [Infinity, -0],
  ])("of %d is %d", (x, value) => {
    expect(log1mexp(x)).toBe(value);
  });

  it("is log x next to zero, -ln 2 at ln 2, and -e^-x far out", () => {
    expect(log1mexp(1e-200)).toBeCloseTo(-200 * Math.LN10, 11);
    expect(log1mexp(Math.LN2)).toBeCloseTo(-Math.LN2, 15);
    expect(log1mexp(50) / Math.exp(-50)).toBeCloseTo(-1, 14);
  });
});
