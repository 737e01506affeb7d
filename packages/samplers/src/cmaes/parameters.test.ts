import { expect, it, test } from "vitest";
import golden from "./cmaes.golden.json" with { type: "json" };
import { defaultPopulation, parametersOf } from "./parameters.ts";

// golden/cmaesGolden.py: the weights and rates of pycma.
test.each(golden.weights)("with $population members in $n dimensions, weights and rates are pycma's", ({ n, population, ...theirs }) => {
  const { weights, c1, cMu, cC } = parametersOf(n, population);
  const distances = weights.map((weight, index) => Math.abs(weight - theirs.weights[index]!));
  expect(Math.max(...distances)).toBeLessThan(1e-14);
  expect([c1, cMu, cC]).toEqual([theirs.c1, theirs.cMu, theirs.cC].map((one) => expect.closeTo(one, 14)));
});

it("has the default populations of the tutorial", () => {
  expect([1, 2, 3, 5, 10, 20, 40].map(defaultPopulation)).toEqual([4, 6, 7, 8, 10, 12, 15]);
});

it("keeps C positive definite: the negative weights take at most what the update leaves of C", () => {
  for (const n of [1, 2, 5, 30]) {
    for (const lambda of [4, 5, 9, 40, 1000]) {
      const { weights, c1, cMu } = parametersOf(n, lambda);
      const negative = weights.reduce((sum, weight) => sum + Math.min(0, weight), 0);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(1 - c1 - cMu * total + n * cMu * negative).toBeGreaterThanOrEqual(-1e-12);
    }
  }
});
