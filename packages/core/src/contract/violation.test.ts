import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isFeasible, violationOf } from "./violation.ts";

/** The sum of the positive values in units of 2^-1074: an exact oracle, by doubling until a value is whole. */
function exactSum(constraints: readonly number[]): bigint {
  return constraints.reduce((sum, value) => (value > 0 ? sum + exact(value) : sum), 0n);
}

function exact(value: number): bigint {
  let doublings = 0;
  let whole = value;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    doublings++;
  }
  return BigInt(whole) << BigInt(1074 - doublings);
}

const violation = (...constraints: readonly number[]): number => violationOf({ constraints });
const { MAX_VALUE: largest, MIN_VALUE: least } = Number;

const constraint = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(0, 1, 0.1, 3, 2 ** 53, 2 ** -53, 2 ** 1000, 2 ** 999, 2 ** 1023, 2 ** 980, 2 ** -1022, largest, least, 3 * least, -1),
);
const constraints = fc.array(constraint, { maxLength: 8 });
/** The same values in another order, one of them moved by a little: sums that differ only far behind the point. */
const neighbours = fc
  .tuple(fc.array(constraint, { minLength: 1, maxLength: 8 }), fc.nat(), fc.constantFrom(1, 1 + 2 ** -52, 1 - 2 ** -53, 1 + 2 ** -40))
  .map(
    ([a, place, factor]) => [a, a.map((value, index) => (index === place % a.length ? clamp(value * factor) : value)).reverse()] as const,
  );

function clamp(value: number): number {
  return Math.max(-largest, Math.min(largest, value));
}

describe("the violation", () => {
  it("puts measurements in the order of their exact sums, except for sums that agree to 50 bits", () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(constraints, constraints), neighbours), ([a, b]) => {
        const [sumA, sumB] = [exactSum(a), exactSum(b)];
        const [low, high] = sumA <= sumB ? [a, b] : [b, a];
        expect(violationOf({ constraints: low })).toBeLessThanOrEqual(violationOf({ constraints: high }));
        if (sumA === sumB) expect(violationOf({ constraints: a })).toBe(violationOf({ constraints: b }));
        const [less, more] = sumA <= sumB ? [sumA, sumB] : [sumB, sumA];
        if ((more - less) * 2n ** 50n > more) expect(violationOf({ constraints: low })).toBeLessThan(violationOf({ constraints: high }));
      }),
      { seed: 3, numRuns: 4000 },
    );
  });

  it("is the sum rounded once, below 2^1000", () => {
    const small = fc.array(fc.double({ max: 2 ** 996, min: -1, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(small, (values) => {
        const rounded = violationOf({ constraints: values });
        const sum = exactSum(values);
        const away = (value: number): bigint => (exact(value) > sum ? exact(value) - sum : sum - exact(value));
        const words = BigUint64Array.of(0n);
        const numbers = new Float64Array(words.buffer);
        for (const step of [-1n, 1n]) {
          numbers[0] = rounded;
          words[0]! += step;
          if (rounded + Number(step) >= 0 && numbers[0]! > 0) expect(away(rounded) <= away(numbers[0]!)).toBe(true);
        }
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  test.each<readonly [string, readonly number[], number]>([
    ["no constraints", [], 0],
    ["constraints that hold", [0, -0, -1, -largest], 0],
    ["one that does not", [-1, 0.25], 0.25],
    ["those that do not, whatever the others", [1, -5, 2], 3],
    ["the smallest there is", [least, -1], least],
    ["many of the smallest", [least, least, least], 3 * least],
    ["small ones next to a large one, which each alone would be rounded away", [2 ** 53, 1, 1], 2 ** 53 + 2],
    ["the same in another order", [1, 2 ** 53, 1], 2 ** 53 + 2],
    ["a half and the least bit more, which is rounded up", [2 ** 53, 1, least], 2 ** 53 + 2],
    ["a half, which is rounded to even", [2 ** 53, 0.5, 0.5], 2 ** 53],
    ["the border", [2 ** 999, 2 ** 999], 2 ** 1000],
    ["a sum four times the border", [2 ** 1000, 2 ** 1000, 2 ** 1000, 2 ** 1000], 2 ** 1001],
  ])("of %s", (_name, values, expected) => {
    expect(violationOf({ constraints: values })).toBe(expected);
  });

  it("is finite for infinite constraints, and above that of the largest number", () => {
    expect(violation(Infinity)).toBeLessThan(largest);
    expect(violation(Infinity)).toBeGreaterThan(violation(largest));
    expect(violation(Infinity, 1, 1)).toBeGreaterThanOrEqual(violation(Infinity));
  });

  it("is finite and in order where sums overflow, up to as many constraints as there may be", () => {
    const all = Array.from({ length: 1024 }, () => largest);
    const sums = [[largest], [largest, largest / 2], [largest, largest], [largest, largest, 1e300], all.slice(1), all];
    const violations = sums.map((values) => violationOf({ constraints: values }));
    expect(violations.every(Number.isFinite)).toBe(true);
    expect([...violations].sort((a, b) => a - b)).toEqual(violations);
    expect(new Set(violations).size).toBe(violations.length);
    expect(violation(largest, 5e307)).toBeLessThan(violation(largest, 6e307));
  });
});

it("a measurement is feasible if no constraint is above zero, which is where its violation is 0", () => {
  const cases = [[], [0], [-1, -0], [0, 1e-300], [least]];
  expect(cases.map((values) => isFeasible({ constraints: values }))).toEqual([true, true, true, false, false]);
  fc.assert(
    fc.property(constraints, (values) => {
      expect(violationOf({ constraints: values }) === 0).toBe(isFeasible({ constraints: values }));
    }),
    { seed: 5 },
  );
});
