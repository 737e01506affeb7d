import { root, type Stream, stream } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { cross, mutate } from "./vectors.ts";

test("a mutant is a base plus F times a difference", () => {
  expect(mutate([0.5, 0.25], [1, 0], [0.5, 0.5], 0.5)).toEqual([0.75, 0]);
  expect(mutate([0.1], [0.9], [0.2], 0)).toEqual([0.1]);
});

describe("crossover", () => {
  const target = [0.1, 0.1, 0.1, 0.1, 0.1];
  const mutant = [0.9, 0.9, 0.9, 0.9, 0.9];
  const taken = (child: readonly number[]): number => child.filter((coordinate) => coordinate === 0.9).length;
  const source = stream(root("cross"));

  it("at CR = 0 takes one coordinate, each equally often", () => {
    const places = [0, 0, 0, 0, 0];
    for (let turn = 0; turn < 5000; turn++) {
      const child = cross(target, mutant, 0, source);
      expect(taken(child)).toBe(1);
      places[child.indexOf(0.9)]!++;
    }
    expect(Math.min(...places)).toBeGreaterThan(850);
  });

  it("at CR = 1 takes all, and between them a binomial count of the others", () => {
    expect(cross(target, mutant, 1, source)).toEqual(mutant);
    const counts = Array.from({ length: 5000 }, () => taken(cross(target, mutant, 0.3, source)));
    expect(counts.reduce((sum, count) => sum + count, 0) / 5000).toBeCloseTo(1 + 0.3 * 4, 1);
  });

  it("draws a coordinate again, uniformly, if it has left the cube", () => {
    const children = Array.from({ length: 4000 }, () => cross([0.5, 0.5], [-0.2, 1.3], 1, source));
    expect(children.flat().every((coordinate) => coordinate >= 0 && coordinate <= 1)).toBe(true);
    const mean = children.flat().reduce((sum, coordinate) => sum + coordinate, 0) / 8000;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(children.flat().filter((coordinate) => coordinate === 0 || coordinate === 1)).toEqual([]);
  });

  it("keeps the cube's walls", () => {
    const still: Stream = { uniform: () => 0.5, normal: () => 0, integer: () => 0 };
    expect(cross([0.5, 0.5], [0, 1], 1, still)).toEqual([0, 1]);
  });
});
