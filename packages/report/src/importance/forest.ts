/** A random forest (L. Breiman, *Random Forests*, Machine Learning 45, 2001): trees of rows drawn again and again from the same sample. */
import { derive, type Key, stream } from "@caviar-hpo/core";
import type { Sample } from "./sample.ts";
import { growTree, holds, type Leaf } from "./tree.ts";

/**
 * One tree a key: `derive(key, "tree", t)` draws the n rows of tree t, and where a conditional parameter is not active, a coordinate for
 * it: uniform, because there the objective is the same wherever that coordinate lies.
 */
export function growForest(sample: Sample, trees: number, leastRows: number, key: Key): readonly (readonly Leaf[])[] {
  return Array.from({ length: trees }, (_, tree) => {
    const source = stream(derive(key, "tree", tree));
    const counts = new Int32Array(sample.n);
    for (let row = 0; row < sample.n; row++) counts[source.integer(sample.n)]!++;
    const points = sample.points.map((x, place) => {
      if (!Number.isNaN(x)) return x;
      const axis = sample.axes[place % sample.axes.length]!;
      return axis.kind === "interval" ? source.uniform() : source.integer(axis.count);
    });
    return growTree({ ...sample, points }, counts, leastRows, source);
  });
}

/** The mean of the trees at a point. */
export function predictForest(forest: readonly (readonly Leaf[])[], point: Float64Array): number {
  const values = forest.map((leaves) => leaves.find(({ regions }) => regions.every((region, axis) => holds(region, point[axis]!)))!.value);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
