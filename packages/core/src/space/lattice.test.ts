import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SpaceError } from "../contract/errors.ts";
import { decode, encode } from "./codec.ts";
import { checkConfig } from "./config.ts";
import { countValues, indexOfValue, isValueOf, ownValueOf, valueAt } from "./lattice.ts";
import { choice, int, type Real, real } from "./param.ts";
import { createSpace } from "./space.ts";

const elevenths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((k) => Number(`${9090909090909091n * BigInt(k)}e-17`));
const values = (param: Real): readonly number[] => Array.from({ length: countValues(param) }, (_, index) => valueAt(param, index));

describe("the values of a stepped real are the doubles nearest to low + k step as decimals:", () => {
  test.each<readonly [string, Real, readonly number[]]>([
    ["zero in the middle is 0, not 5.55e-17", real(-0.3, 0.3, { step: 0.1 }), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]],
    ["a third is 0.3333333333333333, and three of them do not make 1", real(0, 1, { step: 1 / 3 }), [0, 1 / 3, 2 / 3, 0.9999999999999999]],
    ["a step that JavaScript rounds up still ends at the bound", real(0, 1, { step: 1 / 11 }), [0, ...elevenths, 1]],
    [
      "a step with an error of its own ends at the bound",
      real(0, 0.9, { step: 0.1 + 0.2 }),
      [0, 0.30000000000000004, 0.6000000000000001, 0.9],
    ],
    ["a bound with an error of its own", real(0, 0.1 + 0.2, { step: 0.1 }), [0, 0.1, 0.2, 0.3]],
    ["a step that does not divide", real(0, 1, { step: 0.3 }), [0, 0.3, 0.6, 0.9]],
    ["exponents in the text of a number", real(-2e-7, 1e-7, { step: 1e-7 }), [-2e-7, -1e-7, 0, 1e-7]],
    ["steps above 10^21", real(1e21, 3e21, { step: 5e20 }), [1e21, 1.5e21, 2e21, 2.5e21, 3e21]],
    ["the smallest doubles, where 5e-324 stands for 4.94e-324", real(0, 2e-323, { step: 5e-324 }), [0, 5e-324, 1e-323, 1.5e-323, 2e-323]],
    ["one value", real(0.7, 0.7, { step: 0.1 }), [0.7]],
    ["a step wider than the range", real(0.7, 0.8, { step: 3 }), [0.7]],
    ["different magnitudes", real(-1e-5, 1, { step: 0.5 }), [-0.00001, 0.49999, 0.99999]],
  ])("%s", (_name, param, expected) => {
    expect(values(param)).toEqual(expected);
  });

  test("fine steps on a large offset give as many different values as there are steps", () => {
    const seconds = real(1_700_000_000, 1_700_000_001, { step: 1e-6 });
    expect(countValues(seconds)).toBe(1_000_001);
    const neighbours = Array.from({ length: 100 }, (_, index) => valueAt(seconds, 500_000 + index));
    expect(new Set(neighbours).size).toBe(100);
    expect(neighbours[1]).toBe(1_700_000_000.500001);
    expect(isValueOf(seconds, 1_700_000_000.500001)).toBe(true);
  });

  test("any decimals: an exact comparison with both neighbouring doubles finds none that is nearer", () => {
    fc.assert(
      fc.property(steppedReals, fc.double({ min: 0, max: 1, noNaN: true }), (param, share) => {
        const index = Math.floor(share * (countValues(param) - 1));
        const value = valueAt(param, index);
        const exact = sum(fractionOfText(param.low), times(fractionOfText(param.step!), BigInt(index)));
        if (index > 0 && value === param.high) return;
        const error = distance(fractionOf(value), exact);
        for (const other of [neighbour(value, 1), neighbour(value, -1)]) expect(error <= distance(fractionOf(other), exact)).toBe(true);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});

test("each value of a stepped real has its number, comes back from the unit cube, and differs from its neighbours", () => {
  fc.assert(
    fc.property(steppedReals, fc.double({ min: 0, max: 1, noNaN: true }), (param, share) => {
      const count = countValues(param);
      const index = Math.floor(share * (count - 1));
      const value = valueAt(param, index);
      const space = createSpace({ x: param });
      expect(indexOfValue(param, value)).toBe(index);
      expect(decode(space, encode(space, { x: value }))).toEqual({ x: value });
      expect(checkConfig(space, { x: value })).toEqual({ x: value });
      expect(value >= param.low && value <= param.high).toBe(true);
      if (index + 1 < count) expect(valueAt(param, index + 1)).toBeGreaterThan(value);
    }),
    { seed: 1, numRuns: 3000 },
  );
});

test("what arithmetic on doubles makes of a value stands for that value: low + k * step, sums of steps, differences from high", () => {
  fc.assert(
    fc.property(steppedReals, fc.nat({ max: 200 }), (param, wanted) => {
      const index = Math.min(wanted, countValues(param) - 1);
      const computed = param.low + index * param.step!;
      expect(ownValueOf(param, computed)).toBe(valueAt(param, index));
    }),
    { seed: 1, numRuns: 3000 },
  );
  const tenths = real(0, 0.3, { step: 0.1 });
  expect([0.1 + 0.2, 3 * 0.1, 0.1 + 0.1 + 0.1, 0.4 - 0.1].map((value) => ownValueOf(tenths, value))).toEqual([0.3, 0.3, 0.3, 0.3]);
  expect(ownValueOf(real(-0.3, 0.3, { step: 0.1 }), -0.3 + 3 * 0.1)).toBe(0);
});

test.each([
  ["half a step", real(0, 1, { step: 0.1 }), 0.25],
  ["a millionth of a step aside", real(0, 1, { step: 0.1 }), 0.3000001],
  ["one step too far", real(0, 1, { step: 0.1 }), 1.1],
  ["half a fine step on a large offset", real(1_700_000_000, 1_700_000_001, { step: 1e-6 }), 1_700_000_000.5000005],
  ["infinity", real(0, 1, { step: 0.1 }), Infinity],
  ["no number", real(0, 1, { step: 0.1 }), NaN],
  ["a text", real(0, 1, { step: 0.1 }), "0.1"],
  ["a whole number that arithmetic has missed, since whole numbers are exact", int(0, 5), 2.0000000000000004],
  ["a whole number between two steps", int(0, 9, { step: 3 }), 4],
  ["an option as a text", choice([1, 2]), "1"],
])("%s stands for no value", (_name, param, value) => {
  expect(ownValueOf(param, value)).toBeUndefined();
  expect(isValueOf(param, value)).toBe(false);
});

test("-0 stands for 0 everywhere, because JSON has no -0: in values, bounds and options", () => {
  const space = createSpace({
    x: real(-0, 1),
    s: real(-0, 1, { step: 0.5 }),
    n: int(-0, 3),
    c: choice([-0, 1]),
  });
  const config = checkConfig(space, { x: -0, s: -0, n: -0, c: -0 });
  for (const value of [...Object.values(config), ...Object.values(decode(space, new Float64Array(4)))])
    expect(Object.is(value, 0)).toBe(true);
  expect(space).toEqual(JSON.parse(JSON.stringify(space)));
});

test.each([
  ["below the spacing of doubles at the upper bound", 1_700_000_000, 1_700_000_001, 1e-7],
  ["below it at the lower bound", -1e16, 0, 1],
  ["that vanishes next to its bounds", 1e300, 2e300, 1],
])("a step %s is refused, because two steps would be one value", (_name, low, high, step) => {
  expect(() => createSpace({ x: real(low, high, { step }) })).toThrow(SpaceError);
});

/** Bounds and steps as people write them: some digits and an exponent, negative ones too, some of the results of arithmetic. */
const decimal = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -12, max: 6 }))
  .map(([digits, power]) => Number(`${digits}e${power}`));
const quotient = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })).map(([a, b]) => a / b);
const steppedReals: fc.Arbitrary<Real> = fc
  .tuple(fc.oneof(decimal, quotient), fc.oneof(decimal, quotient).map(Math.abs), fc.integer({ min: 1, max: 1_000_000 }), fc.boolean())
  .filter(([, step]) => step > 0)
  .map(([low, step, steps, exact]) => real(low, exact ? low + steps * step : low + (steps + 0.4) * step, { step }))
  .filter(({ low, high, step }) => step! >= 2 ** -50 * Math.max(Math.abs(low), Math.abs(high)));

type Fraction = { readonly over: bigint; readonly under: bigint };

/** The decimal that a number is printed as. */
function fractionOfText(value: number): Fraction {
  const [, sign, whole, , fraction = "", power = "0"] = /^(-?)(\d+)(\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))!;
  const exponent = Number(power) - fraction.length;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return exponent >= 0 ? { over: digits * power10(exponent), under: 1n } : { over: digits, under: power10(-exponent) };
}

/** The exact value of a double. */
function fractionOf(value: number): Fraction {
  let under = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    under *= 2n;
  }
  return { over: BigInt(scaled), under };
}

function sum(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

function times(a: Fraction, factor: bigint): Fraction {
  return { over: a.over * factor, under: a.under };
}

/** The distance of two fractions in units of 2^-1200, rounded down. */
function distance(a: Fraction, b: Fraction): bigint {
  const difference = a.over * b.under - b.over * a.under;
  return ((difference < 0n ? -difference : difference) << 1200n) / (a.under * b.under);
}

function power10(exponent: number): bigint {
  return BigInt(`1${"0".repeat(exponent)}`);
}

/** The next double above (1) or below (-1). */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 5e-324;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(value > 0 ? direction : -direction));
  return view.getFloat64(0);
}
