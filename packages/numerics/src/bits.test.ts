import { describe, expect, it } from "vitest";
import { nextAbove } from "../testing/accuracy.ts";
import { highWord, powerOfTwo, scale, upperHalf } from "./bits.ts";

describe("bits of a double", () => {
  it.each([
    [1, 0x3ff00000],
    [-2, 0xc0000000 | 0],
    [Math.PI, 0x400921fb],
    [Number.MIN_VALUE, 0],
    [Infinity, 0x7ff00000],
    [-0, 0x80000000 | 0],
  ])("the upper word of %d is the one of the binary64 format", (x, word) => {
    expect(highWord(x)).toBe(word);
  });

  it("has every power of two that a double can hold", () => {
    let power = Number.MIN_VALUE;
    for (let exponent = -1074; exponent <= 1023; exponent++) {
      expect(powerOfTwo(exponent)).toBe(power);
      power *= 2;
    }
    expect(power).toBe(Infinity);
  });

  it("scales past the ends of the range in one rounding", () => {
    expect(scale(0.75, 1024)).toBe(0.75 * powerOfTwo(1023) * 2);
    expect(scale(1 - powerOfTwo(-53), 1024)).toBe(Number.MAX_VALUE);
    expect(scale(1, 1024)).toBe(Infinity);
    expect(scale(1.5, -1074)).toBe(2 * Number.MIN_VALUE);
    expect(scale(nextAbove(1), -1075)).toBe(Number.MIN_VALUE);
    expect(scale(1, -1075)).toBe(0);
    expect(scale(1.9, -1076)).toBe(0);
  });

  it("splits a double into halves whose products are exact", () => {
    for (const x of [Math.PI / 2, Math.E / 2, 4 / 3, 1, 2 - powerOfTwo(-52), 1 + powerOfTwo(-52)]) {
      for (const size of [1, powerOfTwo(960), powerOfTwo(-960)]) {
        const upper = upperHalf(x * size);
        expect(upper + (x * size - upper)).toBe(x * size);
        expect(Number.isInteger((upper / size) * powerOfTwo(25))).toBe(true);
        expect(Math.abs(x * size - upper)).toBeLessThanOrEqual(powerOfTwo(-26) * size);
      }
    }
  });
});
