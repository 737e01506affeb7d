import { expect, it } from "vitest";
import { replicatesDiffer } from "./replicates.ts";

const differ = (d: number, x: readonly number[], y: readonly number[]): boolean =>
  replicatesDiffer({ x: Float64Array.from(x), y: Float64Array.from(y), d });

it("replicates differ where one point has two values", () => {
  expect(differ(2, [1, 2, 3, 4, 1, 2], [5, 6, 7])).toBe(true);
  expect(differ(1, [1, 1, 1], [5, 5, 5 + 1e-15])).toBe(true);
});

it("replicates do not differ where values of one point are the same, points are different, or there are none", () => {
  expect(differ(2, [1, 2, 3, 4, 1, 2], [5, 6, 5])).toBe(false);
  expect(differ(2, [1, 2, 1, 4, 2, 2], [5, 6, 7])).toBe(false);
  expect(differ(1, [0.1, 0.1 + 2e-17, 0.1 + 1e-16], [5, 5, 6])).toBe(false);
  expect(differ(3, [], [])).toBe(false);
});

it("coordinates are compared one by one, not as one text", () => {
  expect(differ(2, [1, 23, 12, 3], [5, 6])).toBe(false);
});
