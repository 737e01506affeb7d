import { describe, expect, it } from "vitest";
import { digamma } from "./digamma.ts";

/** Euler's constant. */
const GAMMA = 0.5772156649015329;

describe("digamma", () => {
  it.each([
    [NaN, NaN],
    [-Infinity, NaN],
    [-1, NaN],
    [-Number.MIN_VALUE, NaN],
    [0, -Infinity],
    [Infinity, Infinity],
  ])("of %d is %d", (x, value) => {
    expect(digamma(x)).toBe(value);
  });

  it("is minus Euler's constant at 1, and less by 2 ln 2 at 1/2", () => {
    expect(digamma(1)).toBeCloseTo(-GAMMA, 14);
    expect(digamma(0.5)).toBeCloseTo(-GAMMA - 2 * Math.LN2, 14);
  });

  it("is -1/x next to zero and log x far out", () => {
    expect(digamma(1e-300) * 1e-300).toBeCloseTo(-1, 14);
    expect(digamma(Number.MIN_VALUE)).toBe(-Infinity);
    expect(digamma(Number.MAX_VALUE)).toBeCloseTo(1024 * Math.LN2, 12);
  });
});
