import fc from "fast-check";
import { expect, it } from "vitest";
import { folded, unfolded } from "./box.ts";

it("folds numbers into [0, 1]", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (x) => {
      expect(folded(x)).toBeGreaterThanOrEqual(0);
      expect(folded(x)).toBeLessThanOrEqual(1);
    }),
  );
});

it("is the identity between 0.025 and 0.975, reaches the bounds at -0.025 and 1.025, and turns back there", () => {
  for (const x of [0.025, 0.3, 0.5, 0.975]) expect(folded(x)).toBe(x);
  expect([folded(-0.025), folded(1.025)]).toEqual([0, 1]);
  expect(folded(1.025 + 0.3)).toBeCloseTo(folded(1.025 - 0.3), 12);
  expect(folded(-0.025 - 0.01)).toBeCloseTo(folded(-0.025 + 0.01), 12);
  expect(folded(0.4 + 2.1)).toBeCloseTo(0.4, 12);
});

it("is smooth: its slope is at most 1 everywhere, and has no jump", () => {
  const slope = (x: number): number => (folded(x + 1e-6) - folded(x - 1e-6)) / 2e-6;
  for (let x = -0.5; x < 1.5; x += 1e-3) {
    expect(Math.abs(slope(x))).toBeLessThan(1 + 1e-6);
    expect(Math.abs(slope(x + 1e-3) - slope(x))).toBeLessThan(0.03);
  }
});

it("is undone by unfolding", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (unit) => {
      expect(folded(unfolded(unit))).toBeCloseTo(unit, 14);
    }),
  );
});
