/** The laws of feasible sets over many more drawn spaces than a commit affords. */
import { expect, test } from "vitest";
import { checkFeasibleSets } from "../../../testing/feasibleSetLaws.ts";

test.each([2, 3, 4, 5])("drawn spaces with drawn constraints, seed %i", (seed) => {
  expect(checkFeasibleSets({ seed, numRuns: 1500 })).toBeLessThanOrEqual(15);
});
