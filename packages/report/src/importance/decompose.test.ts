import { describe, expect, it } from "vitest";
import golden from "./decompose.golden.json" with { type: "json" };
import { decompose } from "./decompose.ts";
import type { FeatureAxis } from "./sample.ts";
import type { Leaf } from "./tree.ts";

const interval: FeatureAxis = { kind: "interval" };

describe("the decomposition of a tree", () => {
  it("is that of Optuna 5 on trees of scikit-learn", () => {
    for (const { leaves, variance, main, pairs } of golden) {
      const d = main.length;
      const boxes = leaves.map(
        ({ value, low, high }): Leaf => ({ value, regions: low.map((from, axis) => ({ low: from, high: high[axis]! })) }),
      );
      const found = decompose(boxes, new Array<FeatureAxis>(d).fill(interval));
      expect(found.variance / variance).toBeCloseTo(1, 12);
      for (const [axis, share] of main.entries()) expect(found.main[axis]! / variance).toBeCloseTo(share / variance, 12);
      let pair = 0;
      for (let i = 0; i < d; i++) {
        for (let j = i + 1; j < d; j++, pair++) {
          expect(found.pairs[pair]! / variance).toBeCloseTo((pairs[pair]! - main[i]! - main[j]!) / variance, 12);
        }
      }
    }
  });

  it("of a tree that asks one question gives all to that axis", () => {
    const leaves: Leaf[] = [
      {
        value: 0,
        regions: [
          { low: 0, high: 1 },
          { low: 0, high: 0.25 },
        ],
      },
      {
        value: 4,
        regions: [
          { low: 0, high: 1 },
          { low: 0.25, high: 1 },
        ],
      },
    ];
    // p (1 - p) times the square of the difference.
    expect(decompose(leaves, [interval, interval])).toEqual({ variance: 3, main: [0, 3], pairs: [0] });
  });

  it("of exclusive or gives all to the pair", () => {
    const halves = [
      { low: 0, high: 0.5 },
      { low: 0.5, high: 1 },
    ];
    const leaves = halves.flatMap((x, i) => halves.map((y, j): Leaf => ({ value: i === j ? 1 : -1, regions: [x, y] })));
    expect(decompose(leaves, [interval, interval])).toEqual({ variance: 1, main: [0, 0], pairs: [1] });
  });

  it("of three-way parity gives nothing to any pair", () => {
    const halves = [
      { low: 0, high: 0.5 },
      { low: 0.5, high: 1 },
    ];
    const leaves = halves.flatMap((x, i) =>
      halves.flatMap((y, j) => halves.map((z, k): Leaf => ({ value: (i + j + k) % 2 === 0 ? 1 : -1, regions: [x, y, z] }))),
    );
    expect(decompose(leaves, [interval, interval, interval])).toEqual({ variance: 1, main: [0, 0, 0], pairs: [0, 0, 0] });
  });

  it("of a single leaf is nothing", () => {
    expect(decompose([{ value: 7, regions: [{ low: 0, high: 1 }] }], [interval])).toEqual({ variance: 0, main: [0], pairs: [] });
  });
});
