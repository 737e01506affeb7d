/** The bounds of latinHypercube.test.ts for 200 seeds instead of ten or twenty. */
import { root } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { centredDiscrepancy } from "../discrepancy.ts";
import { latinHypercube } from "./latinHypercube.ts";

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

// The means of SciPy 1.17.1's random-cd over 200 seeds; here they bound every seed.
test.each([
  [2, 16, 0.00185],
  [5, 16, 0.0179],
  [5, 64, 0.00223],
  [10, 64, 0.0299],
])("in %i dimensions with %i points the centred discrepancy is at most %f for each of 200 seeds", (dimensions, points, bound) => {
  const worst = Math.max(
    ...seeds.map((seed) =>
      centredDiscrepancy(latinHypercube(points, dimensions, root(seed), { criterion: "centredDiscrepancy" }), dimensions),
    ),
  );
  expect(worst).toBeLessThanOrEqual(bound);
});

// Exhaustive search: the optima of latinHypercube.test.ts.
test("in the plane every one of 200 seeds reaches the optimal least distance, for 2 to 14 points", () => {
  [2, 2, 5, 5, 5, 8, 8, 10, 10, 10, 13, 13, 17].forEach((optimum, index) => {
    const points = index + 2;
    for (const seed of seeds) {
      const cells = latinHypercube(points, 2, root(seed), { criterion: "maximin" }).map((x) => Math.floor(points * x));
      let least = Infinity;
      for (let i = 0; i < points; i++) {
        for (let j = 0; j < i; j++) {
          least = Math.min(least, (cells[2 * i]! - cells[2 * j]!) ** 2 + (cells[2 * i + 1]! - cells[2 * j + 1]!) ** 2);
        }
      }
      expect(least, `${points} points, seed ${seed}`).toBe(optimum);
    }
  });
});
