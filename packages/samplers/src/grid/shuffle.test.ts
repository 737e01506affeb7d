import { root } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { mostPoints } from "./gridTree.ts";
import { shuffle } from "./shuffle.ts";

test("for every size from 1 to 400, and some to 2,000, each number has exactly one place", () => {
  const broken: number[] = [];
  const sizes = [...Array.from({ length: 400 }, (_, index) => index + 1), 401, 512, 529, 530, 961, 1024, 1369, 1999, 2000];
  for (const size of sizes) {
    const at = shuffle(root(size), size);
    const seen = new Set(Array.from({ length: size }, (_, index) => at(index)));
    if (seen.size !== size || ![...seen].every((image) => Number.isInteger(image) && image >= 0 && image < size)) broken.push(size);
  }
  expect(broken).toEqual([]);
});

test.each([1e6, 2 ** 31, 2 ** 32 + 1, 1e15, mostPoints - 1, mostPoints])("of %i numbers, no two of 20,000 share a place", (size) => {
  const at = shuffle(root("large"), size);
  const stride = Math.floor(size / 10_000);
  const asked = new Set(Array.from({ length: 10_000 }, (_, index) => [index, size - 1 - index * stride]).flat());
  const images = [...asked].map(at);
  expect(new Set(images).size).toBe(asked.size);
  expect(images.every((image) => Number.isInteger(image) && image >= 0 && image < size)).toBe(true);
});

describe("the order", () => {
  const first = (seed: number, size: number): string => {
    const at = shuffle(root(seed), size);
    return Array.from({ length: Math.min(10, size) }, (_, index) => at(index)).join();
  };

  it("is another for another key", () => {
    expect(new Set(Array.from({ length: 50 }, (_, seed) => first(seed, 1000))).size).toBe(50);
  });

  it("of few numbers has every order about equally often", () => {
    const counts = new Map<string, number>();
    const keys = 2400;
    for (let seed = 0; seed < keys; seed++) counts.set(first(seed, 4), (counts.get(first(seed, 4)) ?? 0) + 1);
    expect(counts.size).toBe(24);
    // Half to double the mean of 100: a permutation chosen by a biased network misses this by far.
    expect([...counts.values()].every((count) => count > 50 && count < 200)).toBe(true);
  });

  it("spreads its beginning evenly over the whole range", () => {
    const size = 10 ** 9;
    const at = shuffle(root("spread"), size);
    const cells = new Float64Array(20);
    for (let index = 0; index < 4000; index++) cells[Math.floor((at(index) / size) * 20)]!++;
    const chiSquare = cells.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    // The quantile of 19 degrees of freedom at 1 - 1e-6.
    expect(chiSquare).toBeLessThan(62.2);
  });
});
