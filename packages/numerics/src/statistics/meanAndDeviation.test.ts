import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { scale } from "../bits.ts";
import { meanAndDeviation } from "./meanAndDeviation.ts";
import { powerOfTwoBelow } from "./powerOfTwoBelow.ts";

describe("the power of two below a number", () => {
  test.each([
    [1, 1],
    [1.9999999999999998, 1],
    [2, 2],
    [3, 2],
    [0.3, 0.25],
    [Number.MAX_VALUE, 2 ** 1023],
    [2 ** -1022, 2 ** -1022],
    [Number.MIN_VALUE, 2 ** -1022],
    [0, 2 ** -1022],
  ])("of %d is %d", (x, expected) => {
    expect(powerOfTwoBelow(x)).toBe(expected);
  });
});

describe("mean and standard deviation", () => {
  it("are those of the textbook for numbers of ordinary size", () => {
    expect(meanAndDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, sd: 2 });
    expect(meanAndDeviation(Float64Array.of(3))).toEqual({ mean: 3, sd: 0 });
  });

  it("of numbers times a power of two are the same times it, to the bit, from 2^-900 to 2^900", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => Math.round(x * 8) / 8),
          { minLength: 1, maxLength: 20 },
        ),
        fc.integer({ min: -900, max: 900 }),
        (values, exponent) => {
          const { mean, sd } = meanAndDeviation(values);
          const by = scale(1, exponent);
          const times = meanAndDeviation(values.map((value) => value * by));
          expect([times.mean, times.sd]).toEqual([mean * by, sd * by]);
        },
      ),
      { seed: 1 },
    );
  });

  it("are finite for any finite numbers, and the deviation is no more than half the range", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 20 }), (values) => {
        const { mean, sd } = meanAndDeviation(values);
        const [least, most] = [Math.min(...values), Math.max(...values)];
        expect(mean).toBeGreaterThanOrEqual(least - Math.abs(least) * 1e-15);
        expect(mean).toBeLessThanOrEqual(most + Math.abs(most) * 1e-15);
        expect(sd / 2).toBeLessThanOrEqual((most / 4 - least / 4) * (1 + 1e-9) + 1e-15 * Math.max(-least, most));
      }),
      { seed: 1 },
    );
  });

  it.each([
    ["NaN", [1, NaN, 2], NaN],
    ["Infinity", [1, Infinity], Infinity],
    ["both infinities", [-Infinity, Infinity], NaN],
  ])("of numbers with %s have no deviation", (_name, values, mean) => {
    expect(meanAndDeviation(values)).toEqual({ mean, sd: NaN });
  });
});
