import { derive, type Key, root } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testFunction } from "./catalogue.ts";
import { instance } from "./instance.ts";
import { placed, placementOf } from "./placed.ts";
import type { TestFunction } from "./testFunction.ts";

const word = fc.integer({ min: 0, max: 0xffffffff });
const key: fc.Arbitrary<Key> = fc.tuple(word, word, word, word);
const movable = [
  "ackley-d3",
  "rastrigin-d2",
  "griewank-d2",
  "branin",
  "six-hump-camel",
  "hartmann6",
  "levy-d4",
  "dixon-price-d5",
  "branin-in-d6",
];

describe("a placed instance", () => {
  it("keeps the box and the minimum, and attains the minimum in the box at every listed minimiser", () => {
    fc.assert(
      fc.property(fc.constantFrom(...movable), key, (id, k) => {
        const fn = testFunction(id);
        const moved = placed(fn, k);
        expect(moved.bounds).toEqual(fn.bounds);
        expect(moved.optimum.value).toBe(fn.optimum.value);
        expect(moved.optimum.tolerance).toBeLessThanOrEqual(fn.optimum.tolerance + 1e-12);
        for (const minimiser of moved.minimisers) {
          expect(inside(moved, minimiser)).toBe(true);
          expect(Math.abs(moved.evaluate(Float64Array.from(minimiser)) - fn.optimum.value)).toBeLessThanOrEqual(moved.optimum.tolerance);
        }
      }),
    );
  });

  it("has no value below the minimum, wherever the optimum lies", () => {
    const unit = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...movable), key, unit, (id, k, u) => {
        const moved = placed(testFunction(id), k);
        const x = Float64Array.from(moved.bounds, ([low, high], j) => low + (high - low) * u[j]!);
        expect(moved.evaluate(x)).toBeGreaterThanOrEqual(moved.optimum.value - moved.optimum.tolerance);
      }),
    );
  });

  // Kolmogorov and Smirnov: with 2,000 keys, the distance exceeds 1.95 / sqrt(2,000) = .0436 in one of 1,000 cases.
  it.each(["ackley-d2", "rastrigin-d2", "griewank-d2", "branin", "rosenbrock-d2"])(
    "of %s has an optimum that is uniform in every coordinate",
    (id) => {
      const fn = testFunction(id);
      const instances = Array.from({ length: 2000 }, (_, n) => placed(fn, root(n)));
      fn.bounds.forEach((_, k) => expect(distanceFromUniform(instances.map((one) => positions(one)[k]!))).toBeLessThan(0.0436));
    },
  );

  it("places the coordinates independently", () => {
    const both = Array.from({ length: 2000 }, (_, n) => positions(placed(testFunction("ackley-d2"), root(n))));
    const product = both.reduce((sum, [a, b]) => sum + (a! - 0.5) * (b! - 0.5), 0) / 2000;
    // The standard deviation of the mean is 1 / 12 / sqrt(2,000) = .0019.
    expect(Math.abs(product)).toBeLessThan(0.006);
  });

  it("places every minimiser of Branin's function, not only the first", () => {
    const branin = testFunction("branin");
    const slopes = Array.from({ length: 60 }, (_, n) => placed(branin, root(n)))
      .map((one) => {
        const x = Float64Array.from(one.minimisers[0]!);
        x[0]! += 0.5;
        return one.evaluate(x);
      })
      .map((value) => value.toFixed(9));
    // Three minimisers, and two signs of the step and of the second coordinate, which is not moved: six values at most.
    expect(new Set(slopes).size).toBe(6);
  });

  it("depends on the key alone, and differs from the instance of another key", () => {
    fc.assert(
      fc.property(fc.constantFrom(...movable), key, (id, k) => {
        const fn = testFunction(id);
        expect(plain(placed(fn, k))).toEqual(plain(placed(fn, k)));
        expect(placed(fn, derive(k, "other")).minimisers).not.toEqual(placed(fn, k).minimisers);
      }),
    );
  });
});

describe("a cropped instance of a function whose optimum is central", () => {
  it.each(["ackley-d2", "rastrigin-d2", "griewank-d2"])("keeps the optimum of %s in the middle third for every key", (id) => {
    for (let n = 0; n < 200; n++) {
      for (const position of positions(instance(testFunction(id), root(n)))) expect(Math.abs(position - 0.5)).toBeLessThan(1 / 6 + 1e-9);
    }
  });
});

describe("a function that cannot be moved", () => {
  it.each(["schwefel-d2", "eggholder", "michalewicz-d5", "mccormick"])(
    "%s is cropped, because it has lower values outside its box",
    (id) => {
      const fn = testFunction(id);
      expect(placementOf(fn)).toBe("cropped");
      expect(plain(placed(fn, root(1)))).toEqual(plain(instance(fn, root(1))));
    },
  );

  it("a function of BBOB stays in the box of COCO, because its instance places the optimum", () => {
    const fn = testFunction("bbob-f8-d5-i101");
    expect(placementOf(fn)).toBe("instance");
    expect(placed(fn, root(1))).toBe(fn);
  });
});

function positions({ bounds, minimisers }: TestFunction): readonly number[] {
  return bounds.map(([low, high], k) => (minimisers[0]![k]! - low) / (high - low));
}

/** The largest distance between the empirical distribution function and that of the uniform distribution. */
function distanceFromUniform(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(...sorted.map((value, n) => Math.max(Math.abs(value - n / sorted.length), Math.abs(value - (n + 1) / sorted.length))));
}

function inside({ bounds }: TestFunction, point: readonly number[]): boolean {
  return bounds.every(([low, high], k) => low <= point[k]! && point[k]! <= high);
}

function plain({ evaluate: _, ...rest }: TestFunction): object {
  return rest;
}
