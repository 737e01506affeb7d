import { describe, expect, it } from "vitest";
import { float64Operations as of } from "./plain.ts";

function mask(rate: number, key: readonly [number, number], length: number): number[] {
  const x = new Float64Array(length).fill(1);
  of.dropout(x, rate, key, length);
  return Array.from(x, (value) => (value === 0 ? 0 : 1));
}

const share = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;
const agreement = (x: readonly number[], y: readonly number[]): number => share(x.map((value, i) => (value === y[i] ? 1 : 0)));

describe("dropout", () => {
  it("keeps a share 1 - rate of the elements, within four standard deviations, divided by it", () => {
    for (const rate of [0, 0.1, 0.5, 0.9]) {
      const kept = mask(rate, [1, 2], 100_000);
      expect(Math.abs(share(kept) - (1 - rate))).toBeLessThanOrEqual(4 * Math.sqrt((rate * (1 - rate)) / 100_000));
      const x = new Float64Array(100).fill(3);
      of.dropout(x, rate, [1, 2], 100);
      expect([...x]).toEqual(kept.slice(0, 100).map((one) => (one * 3) / (1 - rate)));
    }
  });

  it("has the same mask for the same key and masks that share nothing for near keys", () => {
    const one = mask(0.5, [5, 6], 40_000);
    expect(mask(0.5, [5, 6], 40_000)).toEqual(one);
    for (const key of [
      [6, 5],
      [5, 7],
      [4, 6],
      [6, 6],
      [5, -6],
      [5, 2 ** 31],
    ] as const) {
      expect(Math.abs(agreement(one, mask(0.5, key, 40_000)) - 0.5)).toBeLessThan(0.01);
    }
  });

  it("shares nothing between an element and those before it, whatever the distance", () => {
    const one = mask(0.5, [0, 0], 40_064);
    for (const lag of [1, 2, 3, 4, 8, 10, 16, 32, 64]) {
      expect(Math.abs(agreement(one.slice(0, 40_000), one.slice(lag, lag + 40_000)) - 0.5)).toBeLessThan(0.01);
    }
  });

  it("drops what is NaN or infinite as it drops the rest", () => {
    const x = Float64Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? NaN : Infinity));
    of.dropout(x, 0.5, [3, 4], 64);
    expect(Array.from(x, (value) => (value === 0 ? 0 : 1))).toEqual(mask(0.5, [3, 4], 64));
  });

  it("always drops the same elements", () => {
    expect(mask(0.5, [1, 2], 40).join("")).toMatchInlineSnapshot(`"1111000101101110001011110101001110010000"`);
  });
});
