import { describe, expect, it, test } from "vitest";
import golden from "./normalMass.golden.json" with { type: "json" };
import { logNormalMass } from "./normalMass.ts";

describe("the log mass of the standard normal distribution", () => {
  // golden/normalMass.py: mpmath with 3000 digits.
  test.each(golden)("about $middle, $width wide", ({ middle, width, expected }) => {
    expect(Math.abs(logNormalMass(middle, width) - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(2e-13);
  });

  it("is even in its middle", () => {
    for (const middle of [0.1, 1, 3, 40])
      for (const width of [1e-12, 1e-3, 0.5, 6]) expect(logNormalMass(middle, width)).toBe(logNormalMass(-middle, width));
  });

  it("adds up: an interval and its halves, on both sides of where the series takes over", () => {
    for (const middle of [0, 0.3, 2, 9]) {
      for (const width of [1e-6, 0.0019, 0.0021, 0.03, 0.5, 3]) {
        const halves = Math.exp(logNormalMass(middle - width / 4, width / 2)) + Math.exp(logNormalMass(middle + width / 4, width / 2));
        expect(halves / Math.exp(logNormalMass(middle, width))).toBeCloseTo(1, 11);
      }
    }
  });
});
