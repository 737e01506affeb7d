import { root } from "@caviar-hpo/core";
import { kolmogorovSmirnovTest } from "@caviar-hpo/core/testing";
import { describe, expect, test } from "vitest";
import golden from "./rSequence.golden.json" with { type: "json" };
import { rSequence } from "./rSequence.ts";

const circular = (a: number, b: number): number => Math.min(Math.abs(a - b), 1 - Math.abs(a - b));

describe("the R-sequence", () => {
  test("R2 begins with Roberts' points", () => {
    const published = [
      [0.25487767, 0.06984029],
      [0.00975533, 0.63968058],
      [0.764633, 0.20952087],
      [0.51951066, 0.77936116],
    ];
    const sequence = rSequence(2, null);
    for (const [i, point] of published.entries()) {
      for (const [j, x] of point.entries()) expect(Math.abs(sequence.at(i)[j]! - x)).toBeLessThanOrEqual(5.1e-9);
    }
  });

  test.each([
    [1, 1.618033988749895],
    [2, 1.324717957244746],
    [3, 1.2207440846057596],
  ])("in %i dimensions the first point is 1/2 plus the inverse powers of %d", (d, phi) => {
    const point = rSequence(d, null).at(0);
    for (let j = 0; j < d; j++) expect(circular(point[j]!, (0.5 + phi ** -(j + 1)) % 1)).toBeLessThan(1e-15);
  });

  test.each(golden)("in $dimensions dimensions point $n is right to 2^-51", ({ dimensions, n, point }) => {
    const ours = rSequence(dimensions, null).at(n - 1);
    for (const [j, x] of point.entries()) expect(circular(ours[j]!, x)).toBeLessThan(2 ** -51);
  });

  test("three gaps: any number of points cut the circle into arcs of at most three lengths, the longest the sum of the others", () => {
    const sequence = rSequence(1, null);
    for (const n of [5, 20, 100, 1000]) {
      const sorted = Array.from({ length: n }, (_, i) => sequence.at(i)[0]!).sort((a, b) => a - b);
      const gaps = sorted.map((x, i) => (i === 0 ? x + 1 - sorted[n - 1]! : x - sorted[i - 1]!)).sort((a, b) => a - b);
      const lengths = gaps.filter((gap, i) => i === 0 || gap - gaps[i - 1]! > 1e-12);
      expect(lengths.length).toBeLessThanOrEqual(3);
      if (lengths.length === 3) expect(lengths[2]!).toBeCloseTo(lengths[0]! + lengths[1]!, 12);
    }
  });

  test("4096 dimensions are the last", () => {
    const point = rSequence(4096, null).at(0);
    // x^(d+1) = x + 1 divided by x^(d+1): alpha_d (1 + alpha_1) = 1, and both are above 1/2.
    expect((point[4095]! + 0.5) * (1 + ((point[0]! + 0.5) % 1))).toBeCloseTo(1, 12);
    expect(() => rSequence(4097, null)).toThrow(expect.objectContaining({ name: "LimitError" }));
  });
});

describe("the shifted R-sequence", () => {
  test("is the unshifted one moved by one vector on the torus", () => {
    const plain = rSequence(3, null);
    const shifted = rSequence(3, root(1));
    const shift = [0, 1, 2].map((j) => shifted.at(0)[j]! - plain.at(0)[j]!);
    for (let i = 0; i < 200; i++) {
      const point = plain.at(i);
      const moved = shifted.at(i);
      for (const [j, by] of shift.entries()) expect(circular(moved[j]!, (point[j]! + by + 1) % 1)).toBeLessThan(1e-15);
    }
  });

  test("is uniform over seeds: Kolmogorov and Smirnov at 1e-6", () => {
    const values = Array.from({ length: 2000 }, (_, seed) => rSequence(2, [seed, 7, 7, 7]).at(5)[1]!);
    expect(kolmogorovSmirnovTest(values).p).toBeGreaterThan(1e-6);
  });
});
