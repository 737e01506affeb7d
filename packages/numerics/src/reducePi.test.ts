import { describe, expect, it } from "vitest";
import { exactQuarterTurns } from "../testing/exact.ts";
import { points } from "../testing/points.ts";
import { powerOfTwo } from "./bits.ts";
import { reducePi, remainder } from "./reducePi.ts";

/** The double closest to a multiple of pi/2 (J.-M. Muller, Elementary Functions: Algorithms and Implementation). */
const CLOSEST = 6381956970095103 * powerOfTwo(797);

describe("reduction modulo pi/2", () => {
  it("leaves 68 correct bits of the remainder on 25,000 points of every size, and the right quadrant", () => {
    for (const x of points("sin", 25_000)) expect(remainderBits(x), `at ${x}`).toBeLessThan(-68);
  });

  it.each([CLOSEST, -CLOSEST, Number.MAX_VALUE, 823549, 823548.9999, Math.PI, Math.PI / 2, 3 * Math.PI, 2 ** 120])("serves %d", (x) => {
    expect(remainderBits(x)).toBeLessThan(-68);
  });

  it("finds the remainder of the double closest to a multiple of pi/2 to be 4.687e-19, as published", () => {
    reducePi(CLOSEST);
    expect(Math.abs(remainder[0]!)).toBeCloseTo(4.687165924254623e-19, 33);
  });
});

/** log2 of the relative error of the remainder, to within a bit; NaN where the quadrant is wrong. */
function remainderBits(x: number): number {
  const quadrant = reducePi(x);
  const { quadrant: expected, rest } = exactQuarterTurns(x);
  const computed = scaled(remainder[0]!, rest.bits) + scaled(remainder[1]!, rest.bits);
  if (quadrant !== expected) return NaN;
  const difference = computed - rest.mantissa;
  return length(difference) - length(rest.mantissa);
}

function scaled(x: number, bits: number): bigint {
  let value = x;
  let shift = bits;
  while (shift > 0 && !Number.isInteger(value)) {
    value *= 2;
    shift--;
  }
  return BigInt(Math.round(value)) << BigInt(shift);
}

function length(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}
