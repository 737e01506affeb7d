import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeToTarget } from "./timeToTarget.ts";

const infinity = Infinity;
const positions = [1, 2, 4, 8];
const all = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);
const time = (curves: readonly (readonly number[])[], target: number): number =>
  timeToTarget(
    curves.map((curve) => Float64Array.from(curve)),
    all(curves.length),
    target,
    positions,
  );

describe("the resource to a target", () => {
  it("is the first position at which half of the runs are there", () => {
    expect(time([[3, 2, 1, 0]], 1)).toBe(4);
    expect(
      time(
        [
          [3, 3, 3, 3],
          [3, 0, 0, 0],
        ],
        1,
      ),
    ).toBe(2);
    expect(
      time(
        [
          [3, 3, 3, 3],
          [3, 3, 3, 0],
          [3, 0, 0, 0],
        ],
        1,
      ),
    ).toBe(8);
    expect(time([[0, 0, 0, 0]], 0)).toBe(1);
  });

  it("is not known where they are not there when the budget ends", () => {
    expect(time([[3, 2, 1, 0]], -1)).toBe(infinity);
    expect(time([[infinity, infinity, infinity, infinity]], 5)).toBe(infinity);
    expect(time([[3, 2, 1, 0]], infinity)).toBe(infinity);
  });

  it("does not count what is lost again", () => {
    expect(time([[0, 0, 3, 0]], 1)).toBe(8);
    expect(time([[0, 0, 0, 3]], 1)).toBe(infinity);
  });

  it("takes for reached what ties with the target", () => {
    expect(time([[3, 1 + 1e-10, 1, 1]], 1)).toBe(2);
    expect(time([[3, 1 + 1e-8, 1, 1]], 1)).toBe(4);
  });
});

describe("whatever the curves", () => {
  const curve = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 });
  const curves = fc.array(curve, { minLength: 1, maxLength: 7 });

  it("it is what looking at every position from the front finds", () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 6 }), (given, target) => {
        const there = positions.map((_, entry) => given.filter((one) => one[entry]! <= target).length >= given.length / 2);
        const first = positions.findIndex((_, entry) => there.slice(entry).every((yes) => yes));
        expect(time(given, target)).toBe(first < 0 ? infinity : positions[first]);
      }),
    );
  });

  it("it never rises with the target, and a run drawn twice counts twice", () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 5 }), (given, target) => {
        expect(time(given, target + 1)).toBeLessThanOrEqual(time(given, target));
        const arrays = given.map((one) => Float64Array.from(one));
        const twice = Int32Array.from([...all(given.length), ...all(given.length)]);
        expect(timeToTarget(arrays, twice, target, positions)).toBe(time(given, target));
        expect(time([...given, ...given], target)).toBe(time(given, target));
      }),
    );
  });
});
