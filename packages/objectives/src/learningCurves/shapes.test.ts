import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curveBases, remaining } from "./shapes.ts";

const alphas = fc.double({ min: 0.2, max: 5, noNaN: true });
const times = fc.double({ min: 0, max: 1000, noNaN: true });

describe.each(curveBases)("what is left of the way, %s", (base) => {
  it("is all of it at first, half after a half-life, and never grows", () => {
    fc.assert(
      fc.property(alphas, times, times, (alpha, one, other) => {
        expect(remaining(base, 0, alpha)).toBe(1);
        expect(remaining(base, 1, alpha)).toBeCloseTo(0.5, 13);
        const [early, late] = [remaining(base, Math.min(one, other), alpha), remaining(base, Math.max(one, other), alpha)];
        expect(late).toBeLessThanOrEqual(early + 1e-15);
        expect(late).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("the published formulas, with P = 2 and saturation after one half-life,", () => {
  it("are these", () => {
    fc.assert(
      fc.property(alphas, times, (alpha, s) => {
        expect(remaining("power", s, alpha)).toBeCloseTo(((2 ** (1 / alpha) - 1) * s + 1) ** -alpha, 12);
        expect(remaining("exponential", s, alpha)).toBeCloseTo(2 ** -(s ** alpha), 12);
        const c = Math.exp(alpha);
        expect(remaining("logarithmic", s, alpha)).toBeCloseTo(Math.log(c) / Math.log((c ** 2 - c) * s + c), 12);
        expect(remaining("hill", s, alpha)).toBeCloseTo(1 / (s ** alpha + 1), 12);
      }),
    );
  });
});
