import { root } from "@caviar-hpo/core";
import { kolmogorovSmirnovTest } from "@caviar-hpo/core/testing";
import { describe, expect, test } from "vitest";
import { centredDiscrepancy } from "./discrepancy.ts";
import golden from "./halton.golden.json" with { type: "json" };
import { halton } from "./halton.ts";
import { firstPrimes } from "./primes.ts";

function take(dimensions: number, count: number, seed: number | null): Float64Array {
  const out = new Float64Array(count * dimensions);
  halton(dimensions, seed === null ? null : root(seed)).fill(0, count, out);
  return out;
}

/** The radical inverse as an exact fraction, rounded once: BigInt to Number rounds to the nearest double. */
function radicalInverse(index: number, base: number): number {
  let numerator = 0n;
  let denominator = 1n;
  for (let rest = BigInt(index); rest > 0n; rest /= BigInt(base)) {
    numerator = numerator * BigInt(base) + (rest % BigInt(base));
    denominator *= BigInt(base);
  }
  return Number((numerator << 200n) / denominator) / 2 ** 200;
}

describe("the unscrambled sequence", () => {
  test("begins with the origin and (1/2, 1/3, 1/5, 1/7, 1/11, 1/13)", () => {
    const sequence = halton(6, null);
    expect([...sequence.at(0)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...sequence.at(1)]).toEqual([1 / 2, 1 / 3, 1 / 5, 1 / 7, 1 / 11, 1 / 13]);
  });

  test("every coordinate is the double nearest to the exact fraction, up to the last index and in 1024 dimensions", () => {
    const primes = firstPrimes(1024);
    const sequence = halton(1024, null);
    for (const index of [0, 1, 2, 3, 12_345, 65_537, 2 ** 31 - 1, 2 ** 32 - 1]) {
      expect([...sequence.at(index)]).toEqual(Array.from(primes, (base) => radicalInverse(index, base)));
    }
    const points = take(40, 500, null);
    expect([...points]).toEqual(Array.from(points, (_, at) => radicalInverse(Math.floor(at / 40), primes[at % 40]!)));
  });

  test("agrees with SciPy to the rounding of its sums", () => {
    const points = take(golden.dimensions, golden.count, null);
    for (const [at, expected] of golden.points.flat().entries()) expect(Math.abs(points[at]! - expected)).toBeLessThan(4e-16);
  });

  test.each([
    [2, 16, 0.00901629, 5e-9],
    [2, 64, 0.000734085, 5e-10],
    [2, 256, 6.66621e-5, 5e-11],
    [5, 64, 0.00832924, 5e-9],
    [10, 256, 0.0119482, 5e-8],
  ])("has the published centred discrepancy in %i dimensions, %i points: %d", (d, n, published, rounding) => {
    expect(Math.abs(centredDiscrepancy(take(d, n, null), d) - published)).toBeLessThanOrEqual(rounding);
  });
});

describe("the scrambled sequence", () => {
  test("keeps its bits under a fixed seed", () => {
    expect([...take(3, 3, 2024)]).toMatchInlineSnapshot(`
      [
        0.8396900969603013,
        0.8755100028448185,
        0.638365730469847,
        0.3396900969603013,
        0.20884333617815187,
        0.438365730469847,
        0.5896900969603013,
        0.5421766695114852,
        0.03836573046984703,
      ]
    `);
    expect([...halton(1000, root(2024)).at(123_456).slice(-3)]).toMatchInlineSnapshot(`
      [
        0.7758481599425829,
        0.3282818344494534,
        0.4788416960873215,
      ]
    `);
  });

  test("any aligned b^k points stratify axis b into b^k cells", () => {
    const primes = firstPrimes(8);
    for (let seed = 0; seed < 10; seed++) {
      const sequence = halton(8, seed === 0 ? null : root(seed));
      primes.forEach((base, j) => {
        for (let cells = base; cells <= 2500; cells *= base) {
          const points = new Float64Array(cells * 8);
          for (const start of [0, 7 * cells]) {
            sequence.fill(start, cells, points);
            // Half a unit in the last place of the cell's edge is forgiven to the unscrambled points, which lie on edges.
            const found = Array.from({ length: cells }, (_, i) => Math.floor(points[i * 8 + j]! * cells + 1e-10));
            expect(new Set(found).size).toBe(cells);
          }
        }
      });
    }
  });

  test("no coordinate is 0 or 1, and no two points share one", () => {
    const points = take(2, 5000, 3);
    expect(points.every((x) => x > 0 && x < 1)).toBe(true);
    expect(new Set(points).size).toBe(10_000);
  });

  test("a fixed point is uniform over seeds in small and large bases: Kolmogorov and Smirnov at 1e-6", () => {
    const count = 1500;
    const sequences = Array.from({ length: count }, (_, seed) => halton(12, [seed, 4, 4, 4]));
    for (const index of [0, 1, 77]) {
      const points = sequences.map((sequence) => sequence.at(index));
      for (const j of [0, 1, 2, 11]) {
        expect(kolmogorovSmirnovTest(points.map((point) => point[j]!)).p).toBeGreaterThan(1e-6);
      }
    }
  });

  test.each([
    [2, 64, 0.000275],
    [5, 64, 0.00363],
    [10, 64, 0.0479],
  ])("has about SciPy's mean centred discrepancy in %i dimensions, %i points: %d", (d, n, published) => {
    let sum = 0;
    for (let seed = 0; seed < 200; seed++) sum += centredDiscrepancy(take(d, n, seed), d);
    expect(Math.abs(sum / 200 / published - 1)).toBeLessThan(0.04);
  });
});

test("6542 dimensions are the last", () => {
  expect(halton(6542, null).at(1)[6541]).toBe(1 / 65521);
  expect(() => halton(6543, null)).toThrow(expect.objectContaining({ name: "LimitError", code: "tooManyDimensions" }));
});
