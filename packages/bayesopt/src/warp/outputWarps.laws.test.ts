import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutputWarp, outputWarp, outputWarps } from "./outputWarps.ts";

const anyValues = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 });
/** Whole numbers, often equal, over six decades. */
const wholes = fc.array(
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 4 })).map(([digits, decade]) => digits * 10 ** decade),
  { minLength: 1, maxLength: 40 },
);
const everyDouble = fc.double({ noNaN: true });

const forEach = (y: readonly number[], check: (warp: OutputWarp, values: Float64Array) => void): void => {
  const values = Float64Array.from(y);
  for (const warp of outputWarps(values)) check(warp, values);
};

describe("every output warp", () => {
  it("keeps the order of any finite values, and ties", () => {
    fc.assert(
      fc.property(anyValues, (y) =>
        forEach(y, (warp, values) => {
          const order = values.slice().sort();
          const images = warp.forward(order);
          for (let i = 1; i < order.length; i++) {
            if (order[i] === order[i - 1]) expect(images[i]).toBe(images[i - 1]);
            else expect(images[i]).toBeGreaterThanOrEqual(images[i - 1]!);
          }
        }),
      ),
    );
  });

  it("keeps distinct values distinct where they differ by a millionth of their range", () => {
    fc.assert(
      fc.property(wholes, (y) =>
        forEach(y, (warp, values) => {
          const distinct = new Set(values).size;
          expect(new Set(warp.forward(values)).size, warp.name).toBe(distinct);
        }),
      ),
    );
  });

  it("is finite for any finite value, seen or not, and so are its inverse and log-Jacobian", () => {
    fc.assert(
      fc.property(anyValues, everyDouble, (y, at) =>
        forEach(y, (warp, values) => {
          expect(warp.forward(values).every(Number.isFinite), warp.name).toBe(true);
          expect(Number.isFinite(warp.logJacobian), warp.name).toBe(true);
          const image = warp.forward(Float64Array.of(Number.isFinite(at) ? at : Number.MAX_VALUE))[0]!;
          expect(Number.isFinite(image), warp.name).toBe(true);
          expect(Number.isFinite(warp.inverse(at)), warp.name).toBe(true);
        }),
      ),
    );
  });

  it("leads back to where it came from, to 1e-12 of the largest value", () => {
    fc.assert(
      fc.property(wholes, (y) =>
        forEach(y, (warp, values) => {
          const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          warp.forward(values).forEach((z, i) => {
            expect(Math.abs(warp.inverse(z) - values[i]!), warp.name).toBeLessThanOrEqual(1e-12 * largest);
          });
        }),
      ),
    );
  });

  it("has an inverse that never descends, from -50 to 50 standard deviations", () => {
    const image = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(anyValues, image, image, (y, a, b) =>
        forEach(y, (warp) => {
          expect(warp.inverse(Math.min(a, b)), warp.name).toBeLessThanOrEqual(warp.inverse(Math.max(a, b)));
        }),
      ),
    );
  });

  it("is the same for values in other units: scaled by a power of two, to the bit; shifted, to rounding", () => {
    fc.assert(
      fc.property(wholes, fc.integer({ min: -20, max: 20 }), fc.integer({ min: -1000, max: 1000 }), (y, exponent, shift) => {
        const values = Float64Array.from(y);
        const doubled = outputWarps(values.map((value) => value * 2 ** exponent));
        const shifted = outputWarps(values.map((value) => value + shift));
        outputWarps(values).forEach((warp, w) => {
          const images = warp.forward(values);
          const constant = values.every((value) => value === values[0]);
          expect(doubled[w]!.forward(values.map((value) => value * 2 ** exponent))).toEqual(images);
          expect(doubled[w]!.logJacobian + (constant ? 0 : y.length * exponent * Math.LN2)).toBeCloseTo(warp.logJacobian, 7);
          shifted[w]!.forward(values.map((value) => value + shift)).forEach((z, i) => {
            expect(Math.abs(z - images[i]!)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(images[i]!)));
          });
        });
      }),
    );
  });

  it("does not depend on the order of the trials, to the bit", () => {
    fc.assert(
      fc.property(anyValues, (y) => {
        const parameters = (values: readonly number[]) => outputWarps(Float64Array.from(values)).map((warp) => warp.parameters);
        expect(parameters([...y].reverse())).toEqual(parameters(y));
      }),
    );
  });

  it("comes back from stored text with the same bits", () => {
    fc.assert(
      fc.property(anyValues, everyDouble, (y, at) =>
        forEach(y, (warp, values) => {
          const restored = outputWarp(JSON.parse(JSON.stringify(warp.parameters)));
          expect(restored.name).toBe(warp.name);
          expect(restored.logJacobian).toBe(warp.logJacobian);
          expect(restored.forward(values)).toEqual(warp.forward(values));
          expect(restored.inverse(at)).toBe(warp.inverse(at));
        }),
      ),
    );
  });
});
