import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ceilOf, floorOf, numberOf, power, ratioOf, roundHalfUp, shrink, wholeShare } from "./ratio.ts";

const normal = fc.double({ min: 2.2250738585072014e-308, max: Number.MAX_VALUE, noNaN: true });
const whole = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

describe("a ratio", () => {
  it.each([
    [2.7, 27n, 10n],
    [0.1, 1n, 10n],
    [81, 81n, 1n],
    [0, 0n, 1n],
    [1e21, 10n ** 21n, 1n],
    [1.5e-7, 15n, 10n ** 8n],
  ])("reads %d as the decimal that it prints as", (value, numerator, denominator) => {
    const ratio = ratioOf(value);
    expect(ratio.numerator * denominator).toBe(numerator * ratio.denominator);
  });

  it("becomes the double it was read from", () => {
    fc.assert(
      fc.property(normal, (value) => {
        expect(numberOf(ratioOf(value))).toBe(value);
      }),
      { seed: 1 },
    );
    expect(numberOf(ratioOf(0))).toBe(0);
  });

  it("becomes the nearest double, as the division of two whole doubles does", () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(numberOf({ numerator: BigInt(a), denominator: BigInt(b) })).toBe(a / b);
      }),
      { seed: 1, numRuns: 2000 },
    );
    // Half-way between two doubles, and a hair above and below.
    const one = 2n ** 60n;
    const half = one + 2n ** 7n;
    expect(numberOf({ numerator: half, denominator: one })).toBe(1);
    expect(numberOf({ numerator: half * 10n ** 30n + 1n, denominator: one * 10n ** 30n })).toBe(1 + 2 ** -52);
    expect(numberOf({ numerator: half * 10n ** 30n - 1n, denominator: one * 10n ** 30n })).toBe(1);
    expect(numberOf({ numerator: 10n ** 400n, denominator: 1n })).toBe(Infinity);
  });

  it("rounds down, up, and half up", () => {
    const seven = (denominator: bigint) => ({ numerator: 7n, denominator });
    expect([floorOf(seven(2n)), ceilOf(seven(2n)), roundHalfUp(seven(2n))]).toEqual([3n, 4n, 4n]);
    expect([floorOf(seven(3n)), ceilOf(seven(3n)), roundHalfUp(seven(3n))]).toEqual([2n, 3n, 2n]);
    expect([floorOf(seven(7n)), ceilOf(seven(7n)), roundHalfUp(seven(7n))]).toEqual([1n, 1n, 1n]);
    expect(roundHalfUp(seven(14n))).toBe(1n);
  });

  it("has whole powers, and shrinks counts by them", () => {
    for (let exponent = 0; exponent <= 60; exponent++) expect(power(3n, exponent)).toBe(3n ** BigInt(exponent));
    expect(shrink(34n, ratioOf(3), 2)).toBe(3n);
    expect(shrink(16n, ratioOf(2.5), 3)).toBe(1n);
  });

  it("shares counts out exactly, also where the floating quotient is a whole number too early", () => {
    for (const eta of [2, 2.5, 2.7, 3, 4, Math.E, 9.999999999999998]) {
      const share = wholeShare(eta);
      const { numerator, denominator } = ratioOf(eta);
      for (let count = 0; count < 3000; count++) expect(share(count)).toBe(Number((BigInt(count) * denominator) / numerator));
    }
    expect(wholeShare(2.7)(27)).toBe(10);
    expect(wholeShare(9.999999999999998)(10)).toBe(1);
    expect(wholeShare(3)(9_999_999)).toBe(3_333_333);
  });
});
