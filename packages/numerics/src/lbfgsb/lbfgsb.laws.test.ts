import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minimise } from "../../testing/minimise.ts";
import { expectLawful } from "../../testing/minimiserLaws.ts";
import { wildCase, wildFunctions } from "../../testing/wildFunctions.ts";

describe("the laws of L-BFGS-B: in the box, monotone, bounded, deterministic, never worse than its start", () => {
  it.each(Object.keys(wildFunctions))("hold on %s", (name) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => expectLawful(name, seed)),
      { numRuns: 60 },
    );
  });
});

describe("what it costs to find out that there is nothing to find", () => {
  const cost = (name: string) => {
    const counts = Array.from({ length: 60 }, (_, seed) => {
      const { f, start, bounds } = wildCase(name, seed);
      return minimise(f, start, bounds).minimiser.evaluations;
    });
    return Math.max(...counts);
  };
  it.each([
    ["flat", 1],
    ["gradient uphill", 41],
    ["cliff down", 100],
    ["NaN half-plane", 500],
    ["kinks", 500],
  ])("on %s at most %i evaluations", (name, most) => {
    expect(cost(name)).toBeLessThanOrEqual(most);
  });
});
