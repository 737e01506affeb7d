import { root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Categorical, categoricalOf, sampleOptions, updatedCategorical } from "./categorical.ts";
import golden from "./cmaes.golden.json" with { type: "json" };
import { parametersOf } from "./parameters.ts";

const positive = (lambda: number): readonly number[] => {
  const { weights, mu } = parametersOf(2, lambda);
  return weights.slice(0, mu);
};

// golden/cmaesGolden.py: CatCMA of the package cmaes.
test.each(golden.categorical.map((one, index) => ({ ...one, index })))("step $index is that of CatCMA", ({ given, ranked, expected }) => {
  const after = updatedCategorical(given, ranked, positive(ranked.length));
  const numbers = (one: Categorical): readonly number[] => [...one.probabilities.flat(), ...one.path, one.pathWeight, one.caution];
  const theirs = numbers(expected);
  numbers(after).forEach((one, index) => expect(one).toBeCloseTo(theirs[index]!, 12));
});

describe("distributions of options", () => {
  it("remain distributions, no option below the margin, and no step longer than the first, whatever is ranked", () => {
    const drawn = fc.record({
      counts: fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 1, maxLength: 4 }),
      ranks: fc.array(fc.nat({ max: 4 }), { minLength: 8, maxLength: 64 }),
    });
    fc.assert(
      fc.property(drawn, ({ counts, ranks }) => {
        let now = categoricalOf(counts.map((count) => Array.from({ length: count }, () => 1 / count)));
        for (let generation = 0; generation < 40; generation++) {
          const ranked = Array.from({ length: 6 }, (_, member) =>
            counts.map((count, choice) => ranks[(generation * 7 + member * 3 + choice) % ranks.length]! % count),
          );
          now = updatedCategorical(now, ranked, positive(6));
          const least = 1 - 0.73 ** (1 / counts.length);
          now.probabilities.forEach((ofChoice, choice) => {
            expect(ofChoice.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
            expect(Math.min(...ofChoice)).toBeGreaterThan(least / (counts[choice]! - 1) - 1e-12);
          });
          expect(now.caution).toBeGreaterThanOrEqual(1);
          expect(now.path.every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });

  it("draw each option as often as its probability says", () => {
    const categorical = categoricalOf([[0.2, 0.5, 0.3]]);
    const source = stream(root("options"));
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 20_000; draw++) counts[sampleOptions(categorical, source)[0]!]!++;
    counts.forEach((count, option) => expect(count / 20_000).toBeCloseTo(categorical.probabilities[0]![option]!, 1.5));
  });

  it("go to the option that always ranks first, as far as the margin lets them", () => {
    let now = categoricalOf([[0.25, 0.25, 0.25, 0.25]]);
    const ranked = [[2], [2], [2], [0], [1], [3]];
    for (let generation = 0; generation < 30; generation++) now = updatedCategorical(now, ranked, positive(6));
    expect(now.probabilities[0]![2]).toBeCloseTo(0.73, 6);
  });
});
