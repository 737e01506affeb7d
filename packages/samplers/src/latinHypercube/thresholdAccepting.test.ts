import { root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { centredDiscrepancySwaps } from "./centredDiscrepancySwaps.ts";
import { type Levels, leastSquaredDistance, randomLevels } from "./levels.ts";
import { separationSwaps } from "./separationSwaps.ts";
import { type SwapCriterion, thresholdAccepting } from "./thresholdAccepting.ts";

const criteria: readonly (readonly [name: string, make: (levels: Levels) => SwapCriterion, naive: (levels: Levels) => number])[] = [
  ["centred discrepancy", centredDiscrepancySwaps, centredDiscrepancyOfCentres],
  ["separation", separationSwaps, morrisMitchell],
];

/** Hickernell (1998), eq. 5.1c, at the cell centres. */
function centredDiscrepancyOfCentres({ at, points, dimensions }: Levels): number {
  const x = (i: number, k: number): number => (at[k * points + i]! + 0.5) / points;
  const axes = Array.from({ length: dimensions }, (_, k) => k);
  const rows = Array.from({ length: points }, (_, i) => i);
  const a = (i: number, k: number): number => Math.abs(x(i, k) - 0.5);
  const product = (factor: (k: number) => number): number => axes.reduce((total, k) => total * factor(k), 1);
  const singles = rows.map((i) => product((k) => 1 + a(i, k) / 2 - a(i, k) ** 2 / 2));
  const pairs = rows.flatMap((i) => rows.map((j) => product((k) => 1 + a(i, k) / 2 + a(j, k) / 2 - Math.abs(x(i, k) - x(j, k)) / 2)));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return (13 / 12) ** dimensions - (2 / points) * sum(singles) + sum(pairs) / points ** 2;
}

/** Σ (s / D)^16 over pairs, s the mean squared distance. */
function morrisMitchell({ at, points, dimensions }: Levels): number {
  const squared: number[] = [];
  for (let i = 0; i < points; i++) {
    for (let j = i + 1; j < points; j++) {
      let distance = 0;
      for (let k = 0; k < dimensions; k++) distance += (at[k * points + i]! - at[k * points + j]!) ** 2;
      squared.push(distance);
    }
  }
  const s = squared.reduce((total, distance) => total + distance, 0) / squared.length;
  return squared.reduce((total, distance) => total + (s / distance) ** 16, 0);
}

const cases = fc.record({
  points: fc.integer({ min: 2, max: 20 }),
  dimensions: fc.integer({ min: 1, max: 8 }),
  seed: fc.nat(),
});

describe.each(criteria)("the %s under exchanges", (_name, make, naive) => {
  it("foretells each change and stays what recomputation gives", () => {
    fc.assert(
      fc.property(cases, ({ points, dimensions, seed }) => {
        const source = stream(root(seed));
        const levels = randomLevels(points, dimensions, source);
        const criterion = make(levels);
        expect(Math.abs(criterion.value() / naive(levels) - 1)).toBeLessThan(1e-10);
        for (let exchange = 0; exchange < 60; exchange++) {
          const column = source.integer(dimensions);
          const first = source.integer(points);
          const second = (first + 1 + source.integer(points - 1)) % points;
          const before = naive(levels);
          const foretold = criterion.change(column, first, second);
          criterion.swap(column, first, second);
          const after = naive(levels);
          const size = Math.max(before, after);
          expect(Math.abs(after - before - foretold)).toBeLessThan(1e-10 * size);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it("follows a long descent from a poor start without drifting", () => {
    const source = stream(root("drift"));
    const levels = randomLevels(30, 4, source);
    const criterion = make(levels);
    for (let exchange = 0; exchange < 30_000; exchange++) {
      const column = source.integer(4);
      const first = source.integer(30);
      const second = (first + 1 + source.integer(29)) % 30;
      if (criterion.change(column, first, second) < 0.01 * criterion.scale()) criterion.swap(column, first, second);
    }
    expect(Math.abs(criterion.value() / naive(levels) - 1)).toBeLessThan(1e-11);
  });

  it("is never worse after optimisation than at its start, however little effort is spent", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 300 }), fc.constantFrom(0, 0.1, 10), (design, exchanges, firstThreshold) => {
        const source = stream(root(design.seed));
        const levels = randomLevels(design.points, design.dimensions, source);
        const start = naive(levels);
        thresholdAccepting(levels, make(levels), { exchanges, firstThreshold }, source);
        expect(naive(levels)).toBeLessThanOrEqual(start * (1 + 1e-12) + 1e-13);
      }),
      { numRuns: 60, seed: 9 },
    );
  });

  it("leaves every column a permutation", () => {
    const source = stream(root("columns"));
    const levels = randomLevels(12, 3, source);
    thresholdAccepting(levels, make(levels), { exchanges: 5000, firstThreshold: 0.1 }, source);
    for (let k = 0; k < 3; k++) {
      expect(Array.from(levels.at.slice(k * 12, k * 12 + 12)).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 12 }, (_, level) => level),
      );
    }
  });
});

describe("the least squared distance", () => {
  it("of the diagonal of a cube is its dimension, and of a single point infinite", () => {
    const diagonal = { at: Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2), points: 3, dimensions: 3 };
    expect(leastSquaredDistance(diagonal)).toBe(3);
    expect(leastSquaredDistance({ at: Int32Array.of(0), points: 1, dimensions: 1 })).toBe(Infinity);
  });
});
