import { root, stream } from "@caviar-hpo/core";
import { chiSquareTest, kolmogorovSmirnovTest } from "@caviar-hpo/core/testing";
import { describe, expect, test } from "vitest";
import { centredDiscrepancy } from "../discrepancy.ts";
import { scrambleReversed, scrambleSeeds } from "./scramble.ts";
import { sobol } from "./sobol.ts";

const seeds = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

describe("against a perfect Owen scramble", () => {
  /** One random bit for every node of a binary tree, drawn when first needed; `depth` digits, then random ones. */
  function owen(seed: number, depth: number): (x: number) => number {
    const source = stream(root(`oracle ${seed}`));
    const flips = new Map<string, number>();
    return (x) => {
      const digits = (x * 2 ** depth).toString(2).padStart(depth, "0");
      let value = 0;
      for (let at = 0; at < depth; at++) {
        const node = digits.slice(0, at);
        if (!flips.has(node)) flips.set(node, source.integer(2));
        value = 2 * value + (Number(digits[at]) ^ flips.get(node)!);
      }
      return (value + source.uniform()) / 2 ** depth;
    };
  }

  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  test.each([
    [2, 64, 0.000156],
    [5, 64, 0.00281],
    [10, 256, 0.00613],
  ])("the mean centred discrepancy over 200 seeds in %i dimensions, %i points, is %d within two per cent", (d, n, published) => {
    const points = new Float64Array(n * d);
    const plain = new Float64Array(n * d);
    sobol(d, null).fill(0, n, plain);
    const hashed = seeds(200).map((seed) => {
      sobol(d, root(seed)).fill(0, n, points);
      return centredDiscrepancy(points, d);
    });
    const perfect = seeds(200).map((seed) => {
      const columns = seeds(d).map((j) => owen(seed * d + j, Math.log2(n)));
      return centredDiscrepancy(
        plain.map((x, at) => columns[at % d]!(x)),
        d,
      );
    });
    expect(Math.abs(mean(hashed) / published - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean(hashed) / mean(perfect) - 1)).toBeLessThan(0.02);
  });
});

describe("the tree of flips", () => {
  // Node (digit, path): whether the digit is flipped behind the digits of `path`, which are the lower bits.
  const depth = 7;
  const nodes = seeds(depth).flatMap((digit) => seeds(2 ** digit).map((path) => ({ digit, path })));
  const keys = 6000;
  const flips = nodes.map(() => new Int8Array(keys));
  for (let key = 0; key < keys; key++) {
    const [addend, multiplier] = scrambleSeeds([key, 1, 2, 3], 1);
    nodes.forEach(({ digit, path }, node) => {
      flips[node]![key] = 1 - 2 * ((scrambleReversed(path, addend!, multiplier!) >>> digit) & 1);
    });
  }
  // Six standard deviations: exceeded by one of the 8128 sums with probability 2e-5.
  const bound = 6 * Math.sqrt(keys);

  test("every node flips in half of the keys", () => {
    for (const node of flips) expect(Math.abs(node.reduce((sum, flip) => sum + flip, 0))).toBeLessThan(bound);
  });

  test("any two nodes flip independently, which is all that mean squared errors and mean discrepancies see", () => {
    for (let a = 1; a < flips.length; a++) {
      for (let b = 0; b < a; b++) {
        let sum = 0;
        for (let key = 0; key < keys; key++) sum += flips[a]![key]! * flips[b]![key]!;
        expect(Math.abs(sum)).toBeLessThan(bound);
      }
    }
  });
});

describe("uniformity over seeds", () => {
  const count = 4000;
  const samples = [0, 1, 5, 1000].map((index) => seeds(count).map((seed) => sobol(3, [seed, 9, 9, 9]).at(index)));

  test("a fixed point is uniform in every dimension: Kolmogorov and Smirnov at 1e-6", () => {
    for (const points of samples) {
      for (let j = 0; j < 3; j++) {
        expect(kolmogorovSmirnovTest(points.map((point) => point[j]!)).p).toBeGreaterThan(1e-6);
      }
    }
  });

  test("two dimensions of a fixed point are independent: chi-square on 8 x 8 cells at 1e-6", () => {
    for (const points of samples) {
      for (const [a, b] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const) {
        const counts = Array<number>(64).fill(0);
        for (const point of points) counts[8 * Math.floor(8 * point[a]!) + Math.floor(8 * point[b]!)]!++;
        expect(chiSquareTest(counts, Array<number>(64).fill(1 / 64)).p).toBeGreaterThan(1e-6);
      }
    }
  });
});
