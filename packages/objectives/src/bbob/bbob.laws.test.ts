import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bbob } from "./bbob.ts";

const functions = Array.from({ length: 24 }, (_, k) => k + 1);

/** A problem of a small dimension and a point of its box, corners and the neighbourhood of the centre included. */
const placed = fc
  .record({ dimension: fc.constantFrom(2, 3, 5, 10, 40), instance: fc.integer({ min: 1, max: 200 }) })
  .chain(({ dimension, instance }) =>
    fc.record({
      dimension: fc.constant(dimension),
      instance: fc.constant(instance),
      x: fc.float64Array({ min: -5, max: 5, noNaN: true, minLength: dimension, maxLength: dimension }),
    }),
  );

describe.each(functions)("f%i", (f) => {
  it("never falls below its optimal value in the box", () => {
    fc.assert(
      fc.property(placed, ({ dimension, instance, x }) => {
        const { evaluate, optimum } = bbob(f, dimension, instance);
        expect(evaluate(x)).toBeGreaterThanOrEqual(optimum.value - optimum.tolerance);
      }),
      { numRuns: 60 },
    );
  });

  it("never falls below its optimal value close to its minimiser", () => {
    fc.assert(
      fc.property(placed, fc.integer({ min: 1, max: 16 }), ({ dimension, instance, x }, digits) => {
        const { evaluate, optimum, minimisers } = bbob(f, dimension, instance);
        const near = x.map((offset, k) => minimisers[0]![k]! + offset * 10 ** -digits);
        const value = evaluate(near);
        expect(value).toBeGreaterThanOrEqual(optimum.value - optimum.tolerance);
      }),
      { numRuns: 60 },
    );
  });

  it("leaves its argument unchanged and gives the same value again, whatever was evaluated in between", () => {
    fc.assert(
      fc.property(placed, ({ dimension, instance, x }) => {
        const { evaluate } = bbob(f, dimension, instance);
        const before = x.slice();
        const value = evaluate(x);
        evaluate(x.map((coordinate) => -coordinate / 2));
        expect(x).toEqual(before);
        expect(evaluate(x)).toBe(value);
        expect(bbob(f, dimension, instance).evaluate(x)).toBe(value);
      }),
      { numRuns: 20 },
    );
  });
});
