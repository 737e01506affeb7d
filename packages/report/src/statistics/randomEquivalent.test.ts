import { derive, root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Anchor } from "../results.ts";
import { quartiles } from "./quartiles.ts";
import { evaluationsAt, levelAfter, randomEquivalent, resolutionOf, valueAfter } from "./randomEquivalent.ts";

/** Levels 0.5, 0.1, 0.01 and 0.001 at the values 50, 10, 1 and 0.1. */
const anchor: Anchor = { evaluations: 1000, median: 50, levels: [0.5, 0.1, 0.01, 0.001], values: [50, 10, 1, 0.1] };

describe("random-search-equivalent evaluations", () => {
  it("are ln 1/2 over ln(1 - F): 1 at the median, 6.58 at one in ten, 69 at one in a hundred", () => {
    expect(randomEquivalent(anchor, 50)).toBe(1);
    expect(randomEquivalent(anchor, 10)).toBeCloseTo(Math.log(0.5) / Math.log(0.9), 12);
    expect(randomEquivalent(anchor, 1)).toBeCloseTo(68.97, 2);
    expect(resolutionOf(anchor)).toBeCloseTo(692.8, 1);
  });

  it("take the geometric mean of the levels between two quantiles", () => {
    expect(randomEquivalent(anchor, 5)).toBeCloseTo(evaluationsAt(Math.sqrt(0.1 * 0.01)), 12);
  });

  it("are at most 1 for a value that is worse than the median, and cannot be told for one below the sample", () => {
    expect(randomEquivalent(anchor, 1e9)).toBe(1);
    expect(randomEquivalent(anchor, 0.05)).toBe(Infinity);
    expect(randomEquivalent(anchor, Infinity)).toBe(1);
  });

  it("count all points of a plateau: the least value of a table has the share of its rows", () => {
    const table: Anchor = { evaluations: 100, median: 7, levels: [0.5, 0.2, 0.1, 0.05, 0.01], values: [7, 3, 3, 3, 3] };
    expect(randomEquivalent(table, 3)).toBeCloseTo(evaluationsAt(0.2), 12);
  });

  it("of the median of the best of n points are n", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), (evaluations) => {
        expect(evaluationsAt(levelAfter(evaluations)) / evaluations).toBeCloseTo(1, 9);
      }),
    );
    expect(valueAfter(anchor, 69)).toBe(1);
    expect(valueAfter(anchor, 1)).toBe(50);
    // Nearest on a logarithmic scale: 0.0316 is the middle between 0.1 and 0.01.
    expect(valueAfter(anchor, evaluationsAt(0.032))).toBe(10);
    expect(valueAfter(anchor, evaluationsAt(0.031))).toBe(1);
    expect(valueAfter(anchor, 800)).toBeNull();
  });

  it("of random search are its own budget in the median (fixed seed, 400 runs of 50 uniform points)", () => {
    const levels = Array.from({ length: 41 }, (_, step) => 0.5 * 0.8 ** step);
    const uniform: Anchor = { evaluations: 10_000, median: 0.5, levels, values: levels };
    const worth = Array.from({ length: 400 }, (_, run) => {
      const source = stream(derive(root("random equivalents"), run));
      return randomEquivalent(uniform, Math.min(...Array.from({ length: 50 }, source.uniform)));
    });
    // The standard error of a median of 400 is 2.5 % of the runs: within a fifth.
    expect(Math.abs(Math.log(quartiles(worth).median / 50))).toBeLessThan(0.25);
  });
});
