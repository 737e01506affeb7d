import { derive, root, stream } from "@caviar-hpo/core";
import { normalQuantile } from "@caviar-hpo/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locationInterval } from "./locationInterval.ts";
import { medianInterval } from "./medianInterval.ts";
import { signedRank } from "./signedRank.ts";

const sample = fc.uniqueArray(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 6, maxLength: 14 });

describe("the exact interval of the Hodges-Lehmann estimate", () => {
  it("is that of Hollander, Wolfe and Chicken for nine depression scores (example 3.3: -0.786 to -0.010 at 96.1 %)", () => {
    // Table 3.1: the differences of the Hamilton factor IV after and before treatment.
    const differences = [-0.952, 0.147, -1.022, -0.43, -0.62, -0.59, -0.49, 0.08, -0.01];
    const { value, interval } = locationInterval(differences);
    expect(value).toBeCloseTo(-0.46, 3);
    expect(interval!.low).toBeCloseTo(-0.786, 3);
    expect(interval!.high).toBeCloseTo(-0.01, 3);
  });

  it("holds exactly the shifts that the signed-rank test does not reject", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: -1_000_000, max: 1_000_000 }), (values, shift) => {
        // A quarter cannot be an average of two whole numbers, so no pair ties with the shift.
        const at = shift + 0.25;
        const { low, high } = locationInterval(values).interval!;
        expect(low < at && at < high).toBe(signedRank(values.map((value) => value - at)).p > 0.05);
      }),
    );
  });

  it("needs six values", () => {
    expect(locationInterval([1, 2, 3, 4, 5]).interval).toBeNull();
    expect(locationInterval([1, 2, 3, 4, 5, 6]).interval).toEqual({ low: 1, high: 6 });
  });

  it("continues smoothly where the normal distribution replaces the exact one", () => {
    const places = [99, 100, 101, 102].map((count) => locationInterval(Array.from({ length: count }, (_, index) => index)).interval!);
    const widths = places.map(({ low, high }) => high - low);
    for (let index = 1; index < 4; index++) expect(widths[index]! - widths[index - 1]!).toBeGreaterThan(-0.01);
    for (let index = 1; index < 4; index++) expect(widths[index]! - widths[index - 1]!).toBeLessThan(0.5);
  });
});

describe("the interval of a median", () => {
  it("lies between order statistics: for ten values between the second and the third from either end (level 97.9 and 89.1 %)", () => {
    const { value, interval } = medianInterval([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(value).toBe(55);
    // Hettmansperger and Sheather: I = (0.95 - 0.97852) / (0.890625 - 0.97852), lambda = (n - k) I / (k + (n - 2k) I) with k = 2.
    const part = (0.978515625 - 0.95) / (0.978515625 - 0.890625);
    const lambda = (8 * part) / (2 + 6 * part);
    expect(interval!.low).toBeCloseTo(20 + 10 * lambda, 9);
    expect(interval!.high).toBeCloseTo(90 - 10 * lambda, 9);
  });

  it("reaches Infinity where an order statistic that it needs is beyond the sample", () => {
    const { value, interval } = medianInterval([1, 2, 3, 4, 5, Infinity, Infinity, Infinity]);
    expect([value, interval!.high]).toEqual([4.5, Infinity]);
    expect(interval!.low).toBeLessThan(3);
    expect(medianInterval([1, 2, 3, 4, 5]).interval).toBeNull();
  });

  it.each([6, 10, 14, 24])("covers the median about 95 times in 100 for %d values (fixed seed, 2,000 samples, skewed)", (count) => {
    const source = stream(derive(root("median coverage"), count));
    const skewed = (): number => normalQuantile(source.uniform()) ** 3 + 1;
    let covered = 0;
    for (let replicate = 0; replicate < 2000; replicate++) {
      const { low, high } = medianInterval(Array.from({ length: count }, skewed)).interval!;
      if (low <= 1 && 1 <= high) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.935);
    expect(covered / 2000).toBeLessThan(0.98);
  });
});
