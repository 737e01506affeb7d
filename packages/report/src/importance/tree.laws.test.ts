/** Trees on random data in random spaces: that they are partitions, and that their decomposition is that of brute-force integration. */
import { derive, root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decompose } from "./decompose.ts";
import type { FeatureAxis, Sample } from "./sample.ts";
import { growTree, holds, type Leaf, widthOf } from "./tree.ts";

const axis: fc.Arbitrary<FeatureAxis> = fc.oneof(
  fc.constant<FeatureAxis>({ kind: "interval" }),
  fc.integer({ min: 2, max: 5 }).map((count): FeatureAxis => ({ kind: "options", count })),
);
const cases = fc.record({
  axes: fc.array(axis, { minLength: 1, maxLength: 4 }),
  n: fc.integer({ min: 2, max: 25 }),
  seed: fc.nat(),
  leastRows: fc.integer({ min: 1, max: 4 }),
  coarse: fc.boolean(),
});

type TreeCase = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function grown({ axes, n, seed, leastRows, coarse }: TreeCase): {
  readonly sample: Sample;
  readonly counts: Int32Array;
  readonly leaves: readonly Leaf[];
} {
  const source = stream(derive(root(seed), "data"));
  const points = Float64Array.from({ length: n * axes.length }, (_, place) => {
    const { kind, ...rest } = axes[place % axes.length]!;
    if (kind === "options") return source.integer((rest as { count: number }).count);
    return coarse ? source.integer(5) / 4 : source.uniform();
  });
  const values = Float64Array.from({ length: n }, () => (coarse ? source.integer(3) : source.normal()));
  const counts = Int32Array.from({ length: n }, () => source.integer(3));
  counts[0] = 1;
  const sample = { axes, n, points, values, unit: 1 };
  return { sample, counts, leaves: growTree(sample, counts, leastRows, source) };
}

const pointOf = (sample: Sample, row: number): Float64Array =>
  sample.points.subarray(row * sample.axes.length, (row + 1) * sample.axes.length);
const leavesAt = (leaves: readonly Leaf[], point: ArrayLike<number>): readonly Leaf[] =>
  leaves.filter(({ regions }) => regions.every((region, index) => holds(region, point[index]!)));

describe("every tree", () => {
  it("covers the cube once", () => {
    fc.assert(
      fc.property(cases, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), (given, corner) => {
        const { sample, leaves } = grown(given);
        const point = sample.axes.map((kind, index) =>
          kind.kind === "interval" ? corner[index]! : Math.min(kind.count - 1, Math.floor(corner[index]! * kind.count)),
        );
        expect(leavesAt(leaves, point).length).toBe(1);
        const volume = leaves.reduce((sum, { regions }) => sum + regions.reduce((product, region) => product * widthOf(region), 1), 0);
        expect(volume).toBeCloseTo(1, 12);
      }),
    );
  });

  it("says in each leaf the mean of its rows, of which there are enough", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { sample, counts, leaves } = grown(given);
        const rows = [...counts.keys()].filter((row) => counts[row]! > 0);
        for (const leaf of leaves) {
          const inside = rows.filter((row) => leavesAt([leaf], pointOf(sample, row)).length === 1);
          const count = inside.reduce((sum, row) => sum + counts[row]!, 0);
          const mean = inside.reduce((sum, row) => sum + counts[row]! * sample.values[row]!, 0) / count;
          expect(leaf.value).toBeCloseTo(mean, 12);
          if (leaves.length > 1) expect(count).toBeGreaterThanOrEqual(given.leastRows);
        }
      }),
    );
  });

  it("with one row per leaf memorises rows that differ somewhere", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { sample, counts, leaves } = grown({ ...given, leastRows: 1, coarse: false, axes: [...given.axes, { kind: "interval" }] });
        for (const row of counts.keys()) {
          if (counts[row]! > 0) expect(leavesAt(leaves, pointOf(sample, row))[0]!.value).toBeCloseTo(sample.values[row]!, 12);
        }
      }),
    );
  });

  it("is decomposed as integration over all its cells does it", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { sample, leaves } = grown(given);
        const found = decompose(leaves, sample.axes);
        const brute = integrate(leaves, sample.axes);
        const scale = Math.max(1e-12, brute.variance);
        expect(Math.abs(found.variance - brute.variance) / scale).toBeLessThan(1e-9);
        for (const [index, share] of brute.main.entries()) expect(Math.abs(found.main[index]! - share) / scale).toBeLessThan(1e-9);
        for (const [index, share] of brute.pairs.entries()) expect(Math.abs(found.pairs[index]! - share) / scale).toBeLessThan(1e-9);
        const explained = [...found.main, ...found.pairs].reduce((sum, share) => sum + share, 0);
        expect(explained).toBeLessThanOrEqual(found.variance * (1 + 1e-9) + 1e-12);
      }),
      { numRuns: 60 },
    );
  });
});

/** The definition: values on the full grid of cells, marginals as weighted means over all other axes, variances of what is left. */
function integrate(
  leaves: readonly Leaf[],
  axes: readonly FeatureAxis[],
): { variance: number; main: readonly number[]; pairs: readonly number[] } {
  const cells = axes.map((kind, index) => {
    if (kind.kind === "options") return Array.from({ length: kind.count }, (_, option) => ({ x: option, width: 1 / kind.count }));
    const edges = [...new Set(leaves.flatMap(({ regions }) => Object.values(regions[index]!) as number[]))].sort((a, b) => a - b);
    return edges.slice(1).map((edge, cell) => ({ x: (edge + edges[cell]!) / 2, width: edge - edges[cell]! }));
  });
  const grid = cells.reduce<readonly (readonly number[])[]>(
    (points, axisCells) => points.flatMap((point) => axisCells.map((_, cell) => [...point, cell])),
    [[]],
  );
  const weighted = grid.map((places) => ({
    places,
    weight: places.reduce((product, cell, index) => product * cells[index]![cell]!.width, 1),
    value: leavesAt(
      leaves,
      places.map((cell, index) => cells[index]![cell]!.x),
    )[0]!.value,
  }));
  const mean = weighted.reduce((sum, { weight, value }) => sum + weight * value, 0);
  const varianceOf = (keep: readonly number[]): number => {
    const groups = new Map<string, { weight: number; sum: number }>();
    for (const { places, weight, value } of weighted) {
      const name = keep.map((index) => places[index]).join();
      const group = groups.get(name) ?? { weight: 0, sum: 0 };
      groups.set(name, { weight: group.weight + weight, sum: group.sum + weight * (value - mean) });
    }
    return [...groups.values()].reduce((sum, group) => sum + group.sum ** 2 / group.weight, 0);
  };
  const main = axes.map((_, index) => varianceOf([index]));
  const pairs = main.flatMap((first, i) => main.slice(i + 1).map((second, later) => varianceOf([i, i + 1 + later]) - first - second));
  return { variance: varianceOf([...axes.keys()]), main, pairs };
}
