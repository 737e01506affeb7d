import { ConfigError, type Key, LimitError, root } from "@caviar-hpo/core";
import { kolmogorovSmirnovTest } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { centredDiscrepancy } from "../discrepancy.ts";
import { type LatinHypercubeCriterion, latinHypercube } from "./latinHypercube.ts";

const criteria = ["plain", "centredDiscrepancy", "maximin"] as const;
const optimised = ["centredDiscrepancy", "maximin"] as const;

function leastDistance(design: Float64Array, points: number, dimensions: number): number {
  let least = Infinity;
  for (let i = 0; i < points; i++) {
    for (let j = i + 1; j < points; j++) {
      const differences = Array.from({ length: dimensions }, (_, k) => design[i * dimensions + k]! - design[j * dimensions + k]!);
      least = Math.min(least, Math.hypot(...differences));
    }
  }
  return least;
}

/** The cell of every coordinate. */
function cells(design: Float64Array, points: number): Float64Array {
  return design.map((x) => Math.floor(points * x));
}

function column(design: Float64Array, dimensions: number, k: number): number[] {
  return Array.from(design.filter((_, index) => index % dimensions === k));
}

function expectStratified(design: Float64Array, points: number, dimensions: number): void {
  expect(design.length).toBe(points * dimensions);
  const everyCell = Array.from({ length: points }, (_, cell) => cell);
  for (let k = 0; k < dimensions; k++) {
    expect(column(cells(design, points), dimensions, k).sort((a, b) => a - b)).toEqual(everyCell);
  }
  expect(design.every((x) => x >= 0 && x < 1)).toBe(true);
}

function keyOf(seed: number): Key {
  return root(`latin hypercube ${seed}`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const word = fc.nat({ max: 0xffff_ffff });
const anyKey: fc.Arbitrary<Key> = fc.tuple(word, word, word, word);

describe("every Latin hypercube", () => {
  it.each(criteria)("has one point in each cell of each axis, from the same key the same bits (%s)", (criterion) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 6 }), anyKey, (points, dimensions, key) => {
        const design = latinHypercube(points, dimensions, key, { criterion });
        expectStratified(design, points, dimensions);
        expect(latinHypercube(points, dimensions, key, { criterion })).toEqual(design);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it("keeps its cells where n (k / n) rounds below k", () => {
    for (const points of [49, 98, 103, 107, 1000]) {
      for (const criterion of criteria) expectStratified(latinHypercube(points, 1, keyOf(points), { criterion }), points, 1);
    }
  });

  it("is plain by default", () => {
    expect(latinHypercube(9, 3, keyOf(1))).toEqual(latinHypercube(9, 3, keyOf(1), { criterion: "plain" }));
  });

  it.each(criteria)("differs from key to key (%s)", (criterion) => {
    expect(latinHypercube(10, 3, keyOf(1), { criterion })).not.toEqual(latinHypercube(10, 3, keyOf(2), { criterion }));
  });

  it("gives one point to one cell", () => {
    expect(latinHypercube(1, 3, keyOf(1), { criterion: "centredDiscrepancy" })).toEqual(Float64Array.of(0.5, 0.5, 0.5));
    expect(latinHypercube(1, 3, keyOf(1), { criterion: "maximin" })).toEqual(Float64Array.of(0.5, 0.5, 0.5));
    expectStratified(latinHypercube(1, 3, keyOf(1)), 1, 3);
  });

  it("makes a thousand dimensions, and a million points", () => {
    expectStratified(latinHypercube(5, 1000, keyOf(1)), 5, 1000);
    const sorted = cells(latinHypercube(1_000_000, 1, keyOf(1)), 1_000_000).sort();
    expect(sorted.findIndex((cell, at) => cell !== at)).toBe(-1);
  });

  it("has the bits it always had", async () => {
    const designs = [
      [6, 2],
      [12, 3],
    ].flatMap(([points, dimensions]) =>
      criteria.map((criterion) => {
        const design = Array.from(latinHypercube(points!, dimensions!, keyOf(0), { criterion }));
        return `  ${JSON.stringify({ points, dimensions, criterion, design })}`;
      }),
    );
    await expect(`[\n${designs.join(",\n")}\n]\n`).toMatchFileSnapshot("latinHypercube.golden.json");
  });
});

describe("a plain Latin hypercube", () => {
  it("is uniform within its cells", () => {
    const positions = latinHypercube(20_000, 1, keyOf(3)).map((x) => 20_000 * x - Math.floor(20_000 * x));
    expect(kolmogorovSmirnovTest(positions).p).toBeGreaterThan(1e-6);
  });

  it("has the mean centred discrepancy of random Latin hypercubes", () => {
    const values = Array.from({ length: 200 }, (_, seed) => centredDiscrepancy(latinHypercube(16, 2, keyOf(seed)), 2));
    // SciPy 1.17.1, 200 seeds: 0.00313.
    expect(mean(values)).toBeGreaterThan(0.0028);
    expect(mean(values)).toBeLessThan(0.0035);
  });
});

describe("a Latin hypercube of low centred discrepancy", () => {
  // The means of SciPy's random-cd over 200 seeds; here they bound every seed.
  it.each([
    [2, 16, 0.00185],
    [5, 16, 0.0179],
    [5, 64, 0.00223],
    [10, 64, 0.0299],
  ])("in %i dimensions with %i points is at most %f for every seed", (dimensions, points, bound) => {
    for (let seed = 0; seed < 10; seed++) {
      const design = latinHypercube(points, dimensions, keyOf(seed), { criterion: "centredDiscrepancy" });
      expect(centredDiscrepancy(design, dimensions)).toBeLessThanOrEqual(bound);
    }
  });

  it("consists of cell centres", () => {
    const design = latinHypercube(8, 3, keyOf(0), { criterion: "centredDiscrepancy" });
    expect(design.every((x) => (16 * x) % 2 === 1)).toBe(true);
  });
});

describe("a maximin Latin hypercube", () => {
  it("reaches the exact optimum in the plane for every seed", () => {
    const optima = [2, 2, 5, 5, 5, 8, 8, 10, 10, 10, 13, 13, 17];
    optima.forEach((optimum, index) => {
      const points = index + 2;
      for (let seed = 0; seed < 20; seed++) {
        const design = latinHypercube(points, 2, keyOf(seed), { criterion: "maximin" });
        expect(Math.round(leastDistance(cells(design, points), points, 2) ** 2)).toBe(optimum);
      }
    });
  });

  it("reaches what exhaustive search proves for 15 to 25 points in the plane", () => {
    const optima = [17, 17, 18, 18, 18, 18, 20, 25, 26, 26, 26];
    optima.forEach((optimum, index) => {
      const points = index + 15;
      const design = latinHypercube(points, 2, keyOf(points), { criterion: "maximin" });
      expect(Math.round(leastDistance(cells(design, points), points, 2) ** 2)).toBe(optimum);
    });
  });

  it("spreads 16 points in the plane at least 0.2577 apart", () => {
    for (let seed = 0; seed < 20; seed++) {
      const design = latinHypercube(16, 2, keyOf(seed), { criterion: "maximin" });
      expect(Math.round(leastDistance(cells(design, 16), 16, 2) ** 2)).toBe(17);
      expect(leastDistance(design, 16, 2)).toBeGreaterThanOrEqual(0.2577);
    }
  });

  it.each([
    [64, 65],
    [100, 109],
    [200, 218],
  ])("has the best lattice for %i points in the plane: %i", (points, squared) => {
    const design = latinHypercube(points, 2, keyOf(1), { criterion: "maximin" });
    expect(Math.round(leastDistance(cells(design, points), points, 2) ** 2)).toBe(squared);
  });

  it.each([
    [5, 64, 0.267],
    [10, 64, 0.653],
  ])("in %i dimensions with %i points is 1.1 times as far apart as one of low discrepancy", (dimensions, points, ofScipy) => {
    for (let seed = 0; seed < 5; seed++) {
      const maximin = latinHypercube(points, dimensions, keyOf(seed), { criterion: "maximin" });
      const uniform = latinHypercube(points, dimensions, keyOf(seed), { criterion: "centredDiscrepancy" });
      // On the grid of levels, so that the placement in the cells does not help.
      const apart = leastDistance(cells(maximin, points), points, dimensions);
      expect(apart).toBeGreaterThanOrEqual(1.1 * leastDistance(cells(uniform, points), points, dimensions));
      expect(apart / points).toBeGreaterThan(1.5 * ofScipy);
    }
  });

  it("reaches from 0 to just below 1", () => {
    const design = latinHypercube(7, 3, keyOf(0), { criterion: "maximin" });
    for (let k = 0; k < 3; k++) {
      expect(Math.min(...column(design, 3, k))).toBe(0);
      expect(Math.max(...column(design, 3, k))).toBe(1 - 2 ** -53);
    }
  });
});

describe("a request that cannot be served", () => {
  const attempt = (points: unknown, dimensions: unknown, criterion?: string): unknown => {
    try {
      return latinHypercube(points as number, dimensions as number, keyOf(0), { criterion: criterion as LatinHypercubeCriterion });
    } catch (error) {
      return error;
    }
  };

  it.each([
    [0, 2],
    [-1, 2],
    [2.5, 2],
    [NaN, 2],
    [Infinity, 2],
    ["3", 2],
    [3, 0],
    [3, 1.5],
    [3, undefined],
  ])("such as %s points in %s dimensions says what, expected, got and remedy", (points, dimensions) => {
    const error = attempt(points, dimensions);
    expect(error).toBeInstanceOf(ConfigError);
    const wrong = points === 3 ? ["dimensions", dimensions] : ["points", points];
    expect(error).toMatchObject({
      code: "badCount",
      what: `latinHypercube ${wrong[0]}`,
      expected: "a whole number from 1",
      got: String(wrong[1]),
      remedy: `Ask for at least one of its ${wrong[0]}.`,
    });
  });

  it("such as an unknown criterion is a ConfigError, though objects inherit its name", () => {
    for (const criterion of ["lloyd", "toString"]) {
      const error = attempt(4, 2, criterion);
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({ code: "unknownCriterion", got: criterion, expected: "plain or centredDiscrepancy or maximin" });
    }
  });

  it("such as one that does not fit in memory is a LimitError before any work", () => {
    expect(attempt(1_000_000, 1000)).toBeInstanceOf(LimitError);
    for (const criterion of optimised) {
      expect(attempt(2049, 2, criterion)).toBeInstanceOf(LimitError);
      expect(attempt(2, 1025, criterion)).toBeInstanceOf(LimitError);
    }
  });
});
