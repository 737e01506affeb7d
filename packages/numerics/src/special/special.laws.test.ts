import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../normalQuantile.ts";
import { digamma } from "./digamma.ts";
import { erf, erfc, erfcx } from "./erf.ts";
import { logGamma } from "./logGamma.ts";
import { logNormalCdf, normalCdf, normalHazard } from "./normal.ts";

const RUNS = { numRuns: 4000 };
/** What rounding may take from an inequality between values. */
const SLACK = 4e-15;

describe("the special functions", () => {
  it.each([
    ["erf rises", erf, 1],
    ["erfc falls", erfc, -1],
    ["erfcx falls", erfcx, -1],
    ["normalCdf rises", normalCdf, 1],
    ["logNormalCdf rises", logNormalCdf, 1],
    ["normalHazard falls", normalHazard, -1],
  ] as const)("%s", (_, f, direction) => {
    const law = fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (x, y) => {
      const low = f(Math.min(x, y));
      const high = f(Math.max(x, y));
      const rise = high === low ? 0 : direction * (high - low);
      expect(rise).toBeGreaterThanOrEqual(-SLACK * Math.min(Math.abs(low), Math.abs(high)));
    });
    fc.assert(law, RUNS);
  });

  it("erf is odd, and erf + erfc = 1", () => {
    const law = fc.property(fc.double({ noNaN: true }), (x) => {
      expect(erf(-x)).toBe(-erf(x));
      expect(erf(x) + erfc(x)).toBeCloseTo(1, 15);
    });
    fc.assert(law, RUNS);
  });

  it("normalQuantile undoes normalCdf below the median, as far as x is determined by it", () => {
    const law = fc.property(fc.double({ min: -37, max: 0, noNaN: true }), (x) => {
      expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThanOrEqual(2e-14 * Math.max(1, Math.abs(x)));
    });
    fc.assert(law, RUNS);
  });

  it("logNormalCdf is concave", () => {
    const law = fc.property(fc.double({ min: -1e100, max: 40, noNaN: true }), fc.double({ min: -1e100, max: 40, noNaN: true }), (x, y) => {
      const chord = 0.5 * (logNormalCdf(x) + logNormalCdf(y));
      expect(logNormalCdf(0.5 * (x + y))).toBeGreaterThanOrEqual(chord * (1 + SLACK));
    });
    fc.assert(law, RUNS);
  });

  it("logGamma and digamma obey their recurrences", () => {
    const law = fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
      const gamma = logGamma(x) + Math.log(x);
      expect(Math.abs(logGamma(x + 1) - gamma)).toBeLessThanOrEqual(
        2e-14 * Math.max(1, Math.abs(gamma)) + Math.abs(digamma(x)) * x * 3e-16,
      );
      expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThanOrEqual(2e-14 * Math.max(1, Math.abs(digamma(x))));
    });
    fc.assert(law, RUNS);
  });
});
