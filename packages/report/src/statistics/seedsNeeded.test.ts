import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seedsNeeded } from "./seedsNeeded.ts";

describe("the number of seeds", () => {
  // SciPy: the least n with stats.nct.sf(t.isf(0.05 / (k (k - 1)), nu), nu, difference sqrt(P n) / deviation) >= 0.8, nu = P (n - 1).
  it.each([
    [0.6, 0.8, 2, 1, 16],
    [1.2, 2, 6, 1, 44],
    [0.5, 2.5, 9, 14, 30],
    [0.3, 1.2, 3, 4, 43],
    [1, 3, 10, 24, 7],
    [0.05, 1, 4, 2, 2424],
  ])(
    "agrees with the noncentral distribution of SciPy within one seed: %d ± %d, %d strategies, %d problems",
    (difference, deviation, strategies, problems, seeds) => {
      expect(Math.abs(seedsNeeded({ difference, deviation, strategies, problems }) - seeds)).toBeLessThanOrEqual(1);
    },
  );

  const plans = fc.record({
    difference: fc.double({ min: 0.05, max: 3, noNaN: true }),
    deviation: fc.double({ min: 0.1, max: 3, noNaN: true }),
    strategies: fc.integer({ min: 2, max: 20 }),
    problems: fc.integer({ min: 1, max: 30 }),
  });

  it("falls with the difference and the problems, and grows with the deviation, the strategies and the power", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const seeds = seedsNeeded(plan);
        expect(seedsNeeded({ ...plan, difference: 1.5 * plan.difference })).toBeLessThanOrEqual(seeds);
        expect(seedsNeeded({ ...plan, problems: 2 * plan.problems })).toBeLessThanOrEqual(seeds);
        expect(seedsNeeded({ ...plan, deviation: 1.5 * plan.deviation })).toBeGreaterThanOrEqual(seeds);
        expect(seedsNeeded({ ...plan, strategies: plan.strategies + 1 })).toBeGreaterThanOrEqual(seeds);
        expect(seedsNeeded({ ...plan, power: 0.95 })).toBeGreaterThanOrEqual(seeds);
      }),
      { numRuns: 30 },
    );
  });

  it("is never so small that the clearest result could not be called", () => {
    // Signs of 8 blocks that all agree have p = 2^-7, and 6 pairs need 0.05 / 6: 7 blocks are too few.
    expect(seedsNeeded({ difference: 3, deviation: 1e-9, strategies: 4, problems: 1 })).toBe(8);
  });

  it("is infinite where ten thousand seeds are too few", () => {
    expect(seedsNeeded({ difference: 1e-4, deviation: 1, strategies: 3, problems: 2 })).toBe(Infinity);
  });
});
